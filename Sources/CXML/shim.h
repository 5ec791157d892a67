// libxml2: XML written with xmlTextWriter and validated with RELAX NG.
// Its headers pull in ICU, which clashes with Foundation's: switched off before the rest.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>
