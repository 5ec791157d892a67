// libxml2: XML written with xmlTextWriter and validated with RELAX NG.
// Its headers pull in ICU, which clashes with Foundation's: switched off before the rest.
#ifndef CADASTRE_CXML_H
#define CADASTRE_CXML_H

#include <string.h>

#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>

// The first complaint of a parser or validator.
typedef struct {
  char message[512];
  int line;
} cadastre_xml_complaint;

// The callback has this signature in every release but for a const added in 2.12; a cast at its use
// bridges that.
static void cadastre_xml_note(void *context, xmlErrorPtr error) {
  cadastre_xml_complaint *complaint = (cadastre_xml_complaint *)context;
  if (complaint->message[0] != 0 || error == NULL || error->message == NULL) return;
  strncpy(complaint->message, error->message, sizeof(complaint->message) - 1);
  complaint->line = error->line;
}

// Function pointers do not cross into Swift alike in all releases, so these hand them over in C.

static inline void cadastre_relaxng_parser_listen(
    xmlRelaxNGParserCtxtPtr parser, cadastre_xml_complaint *complaint) {
  xmlRelaxNGSetParserStructuredErrors(
      parser, (xmlStructuredErrorFunc)cadastre_xml_note, complaint);
}

static inline void cadastre_relaxng_listen(
    xmlRelaxNGValidCtxtPtr validator, cadastre_xml_complaint *complaint) {
  xmlRelaxNGSetValidStructuredErrors(
      validator, (xmlStructuredErrorFunc)cadastre_xml_note, complaint);
}

// The message as a string: the array of a struct is a tuple of 512 in Swift.
static inline const char *cadastre_xml_message(const cadastre_xml_complaint *complaint) {
  return complaint->message;
}

#endif
