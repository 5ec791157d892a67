// Cairo draws, Pango shapes text. Casts of GObject are macros, hence the shims here.
#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <pango/pangocairo.h>
