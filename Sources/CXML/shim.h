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

// How a validation ended.
typedef enum {
  CADASTRE_XML_VALID,
  CADASTRE_XML_INVALID,
  CADASTRE_XML_MALFORMED,
  CADASTRE_XML_BAD_SCHEMA,
  CADASTRE_XML_NO_MEMORY,
} cadastre_xml_verdict;

// Validates a document against a RELAX NG schema. In C as a whole, because libxml2 keeps pointers to
// the schema's text and to the complaint from one call to the next, longer than Swift lends them.
static inline cadastre_xml_verdict cadastre_relaxng_validate(
    const void *schema_text, int schema_length, const void *text, int length,
    cadastre_xml_complaint *complaint) {
  cadastre_xml_verdict verdict = CADASTRE_XML_NO_MEMORY;
  xmlRelaxNGPtr schema = NULL;
  xmlDocPtr document = NULL;
  xmlRelaxNGValidCtxtPtr validator = NULL;
  xmlRelaxNGParserCtxtPtr parser = 
      xmlRelaxNGNewMemParserCtxt((const char *)schema_text, schema_length);
  if (parser == NULL) return verdict;
  xmlRelaxNGSetParserStructuredErrors(
      parser, (xmlStructuredErrorFunc)cadastre_xml_note, complaint);
  schema = xmlRelaxNGParse(parser);
  if (schema == NULL) {
    verdict = CADASTRE_XML_BAD_SCHEMA;
    goto end;
  }
  document = xmlReadMemory((const char *)text, length, NULL, "UTF-8",
                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                               XML_PARSE_COMPACT);
  if (document == NULL) {
    verdict = CADASTRE_XML_MALFORMED;
    goto end;
  }
  validator = xmlRelaxNGNewValidCtxt(schema);
  if (validator == NULL) goto end;
  xmlRelaxNGSetValidStructuredErrors(
      validator, (xmlStructuredErrorFunc)cadastre_xml_note, complaint);
  verdict = xmlRelaxNGValidateDoc(validator, document) == 0 ? CADASTRE_XML_VALID
                                                            : CADASTRE_XML_INVALID;
end:
  if (validator != NULL) xmlRelaxNGFreeValidCtxt(validator);
  if (document != NULL) xmlFreeDoc(document);
  if (schema != NULL) xmlRelaxNGFree(schema);
  xmlRelaxNGFreeParserCtxt(parser);
  return verdict;
}

// The message as a string: the array of a struct is a tuple of 512 in Swift.
static inline const char *cadastre_xml_message(const cadastre_xml_complaint *complaint) {
  return complaint->message;
}

#endif
