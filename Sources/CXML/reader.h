// Reading XML that strangers wrote: one element, end and text after the other, through libxml2's
// xmlTextReader. No network, no DTD, no entities but the five of XML; bounds on bytes, depth, nodes.
#ifndef CADASTRE_CXML_READER_H
#define CADASTRE_CXML_READER_H

#include <limits.h>
#include <stdlib.h>

#include "shim.h"

#include <libxml/xmlreader.h>

// What stands at the reader's place, or why it stands still.
typedef enum {
  // A start tag; an empty element has an end too.
  CADASTRE_XML_START,
  CADASTRE_XML_END,
  // Text, CDATA or white space; one text may come in several parts.
  CADASTRE_XML_TEXT,
  // The document ended as it should.
  CADASTRE_XML_DONE,
  CADASTRE_XML_NOT_WELL_FORMED,
  // A document type declaration: nothing we read has one, and it is how XML attacks its reader.
  CADASTRE_XML_HAS_DOCTYPE,
  CADASTRE_XML_TOO_LARGE,
  CADASTRE_XML_TOO_DEEP,
  CADASTRE_XML_TOO_MANY_NODES,
  CADASTRE_XML_OUT_OF_MEMORY,
} cadastre_xml_event;

typedef struct {
  // Bytes of the document.
  size_t bytes;
  // Elements inside each other; libxml2 itself stops at 256.
  int depth;
  // Start tags, ends and texts.
  long nodes;
} cadastre_xml_limits;

// A document being read. It keeps a copy of the bytes, so nothing lent must outlive a call.
typedef struct cadastre_xml_reader {
  xmlTextReaderPtr reader;
  char *bytes;
  cadastre_xml_limits limits;
  long nodes;
  cadastre_xml_event event;
  // The end of an empty element is still to come.
  int owes_end;
  xmlChar *attribute;
  cadastre_xml_complaint complaint;
} cadastre_xml_reader;

// Keeps what ended the reading; libxml2 warns of much that does not.
static void cadastre_xml_note_fatal(void *context, xmlErrorPtr error) {
  if (error != NULL && error->level == XML_ERR_FATAL) cadastre_xml_note(context, error);
}

// Frees a reader; NULL is none.
static inline void cadastre_xml_close(cadastre_xml_reader *self) {
  if (self == NULL) return;
  if (self->attribute != NULL) xmlFree(self->attribute);
  if (self->reader != NULL) xmlFreeTextReader(self->reader);
  free(self->bytes);
  free(self);
}

// Opens a document that is in memory. NULL only where memory is short; a document that is too large
// is told by the first event.
static inline cadastre_xml_reader *cadastre_xml_open(
    const void *bytes, size_t length, cadastre_xml_limits limits) {
  cadastre_xml_reader *self = (cadastre_xml_reader *)calloc(1, sizeof(*self));
  if (self == NULL) return NULL;
  self->limits = limits;
  self->event = CADASTRE_XML_TEXT;
  if (length > limits.bytes || length > INT_MAX) {
    self->event = CADASTRE_XML_TOO_LARGE;
    return self;
  }
  // One more byte, so that an empty document is memory too.
  self->bytes = (char *)malloc(length + 1);
  if (self->bytes == NULL) goto fail;
  memcpy(self->bytes, bytes, length);
  self->bytes[length] = 0;
  xmlInitParser();
  // Neither NOENT, DTDLOAD, DTDATTR, DTDVALID nor XINCLUDE: nothing is loaded or substituted.
  // Not HUGE: libxml2's own bounds on depth, names and amplification stay.
  self->reader = xmlReaderForMemory(
      self->bytes, (int)length, NULL, NULL,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
  if (self->reader == NULL) goto fail;
  xmlTextReaderSetStructuredErrorHandler(
      self->reader, (xmlStructuredErrorFunc)cadastre_xml_note_fatal, &self->complaint);
  return self;
fail:
  cadastre_xml_close(self);
  return NULL;
}

// Whether the reader stands still, at the end or at what it refuses.
static inline int cadastre_xml_is_over(const cadastre_xml_reader *self) {
  return self->event >= CADASTRE_XML_DONE;
}

// Steps to the next start tag, end or text. Comments and processing instructions are passed over.
static inline cadastre_xml_event cadastre_xml_next(cadastre_xml_reader *self) {
  if (cadastre_xml_is_over(self)) return self->event;
  if (self->owes_end) {
    self->owes_end = 0;
    return self->event = CADASTRE_XML_END;
  }
  for (;;) {
    int read = xmlTextReaderRead(self->reader);
    if (read == 0) return self->event = CADASTRE_XML_DONE;
    if (read < 0) {
      xmlErrorPtr error = xmlGetLastError();
      int is_memory = error != NULL && error->code == XML_ERR_NO_MEMORY;
      return self->event = is_memory ? CADASTRE_XML_OUT_OF_MEMORY : CADASTRE_XML_NOT_WELL_FORMED;
    }
    if (self->nodes++ >= self->limits.nodes) return self->event = CADASTRE_XML_TOO_MANY_NODES;
    switch (xmlTextReaderNodeType(self->reader)) {
      case XML_READER_TYPE_ELEMENT:
        if (xmlTextReaderDepth(self->reader) >= self->limits.depth)
          return self->event = CADASTRE_XML_TOO_DEEP;
        self->owes_end = xmlTextReaderIsEmptyElement(self->reader) == 1;
        return self->event = CADASTRE_XML_START;
      case XML_READER_TYPE_END_ELEMENT:
        return self->event = CADASTRE_XML_END;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_WHITESPACE:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return self->event = CADASTRE_XML_TEXT;
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
        return self->event = CADASTRE_XML_HAS_DOCTYPE;
      default:
        break;
    }
  }
}

static inline const char *cadastre_xml_or_empty(const xmlChar *text) {
  return text == NULL ? "" : (const char *)text;
}

// The local name of the element at the reader's place. Valid until the next step, as the rest.
static inline const char *cadastre_xml_name(const cadastre_xml_reader *self) {
  return cadastre_xml_or_empty(xmlTextReaderConstLocalName(self->reader));
}

// The namespace of the element, empty where it has none.
static inline const char *cadastre_xml_namespace(const cadastre_xml_reader *self) {
  return cadastre_xml_or_empty(xmlTextReaderConstNamespaceUri(self->reader));
}

// The text at the reader's place.
static inline const char *cadastre_xml_text(const cadastre_xml_reader *self) {
  return cadastre_xml_or_empty(xmlTextReaderConstValue(self->reader));
}

// An attribute of the start tag by its name as written, prefix included; NULL where it has none.
// Valid until the next attribute is asked for.
static inline const char *cadastre_xml_attribute(cadastre_xml_reader *self, const char *name) {
  if (self->attribute != NULL) xmlFree(self->attribute);
  self->attribute = xmlTextReaderGetAttribute(self->reader, (const xmlChar *)name);
  return (const char *)self->attribute;
}

// The line, from 1, of the element or text, or of the complaint once there is one; 0 where unknown.
static inline long cadastre_xml_line(const cadastre_xml_reader *self) {
  if (self->event == CADASTRE_XML_NOT_WELL_FORMED) return self->complaint.line;
  if (self->reader == NULL) return 0;
  xmlNodePtr node = xmlTextReaderCurrentNode(self->reader);
  long line = node == NULL ? -1 : xmlGetLineNo(node);
  return line > 0 ? line : xmlTextReaderGetParserLineNumber(self->reader);
}

// What libxml2 complained of first, empty where it did not.
static inline const char *cadastre_xml_complaint_of(const cadastre_xml_reader *self) {
  return self->complaint.message;
}

#endif
