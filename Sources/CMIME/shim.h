// GMime: messages with their parts, headers and encodings. Its casts are macros, which Swift does not
// see; here they stand behind functions. What a function makes is owned by whoever it is added to.
#ifndef CADASTRE_CMIME_H
#define CADASTRE_CMIME_H

#include <gmime/gmime.h>
#include <string.h>

static inline GMimePart *cmime_filled(GMimePart *part, const char *bytes, size_t length) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  GMimeDataWrapper *content =
      g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content(part, content);
  g_object_unref(content);
  g_object_unref(stream);
  return part;
}

// A part of text in UTF-8, its lines ended by line feeds.
static inline GMimeObject *cmime_text(const char *subtype, const char *text, size_t length) {
  GMimePart *part = GMIME_PART(g_mime_text_part_new_with_subtype(subtype));
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT(cmime_filled(part, text, length));
}

// A file, inline or attached; without a Content-ID where that is NULL.
static inline GMimeObject *cmime_file(
    const char *type, const char *subtype, const char *disposition, const char *name,
    const char *contentID, const char *bytes, size_t length) {
  GMimePart *part = g_mime_part_new_with_type(type, subtype);
  g_mime_object_set_disposition(GMIME_OBJECT(part), disposition);
  g_mime_part_set_filename(part, name);
  if (contentID) g_mime_part_set_content_id(part, contentID);
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
  return GMIME_OBJECT(cmime_filled(part, bytes, length));
}

// A part that holds others; `root` is the type of the first, for multipart/related, else NULL.
static inline GMimeObject *cmime_multipart(
    const char *subtype, const char *boundary, const char *root) {
  GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
  g_mime_multipart_set_boundary(multipart, boundary);
  if (root) g_mime_object_set_content_type_parameter(GMIME_OBJECT(multipart), "type", root);
  return GMIME_OBJECT(multipart);
}

static inline void cmime_add(GMimeObject *multipart, GMimeObject *part) {
  g_mime_multipart_add(GMIME_MULTIPART(multipart), part);
  g_object_unref(part);
}

static inline GMimeMessage *cmime_message(void) { return g_mime_message_new(FALSE); }

static inline void cmime_content(GMimeMessage *message, GMimeObject *part) {
  g_mime_message_set_mime_part(message, part);
  g_object_unref(part);
}

static inline void cmime_header(GMimeMessage *message, const char *name, const char *value) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, value, "utf-8");
}

// Seconds since 1970.
static inline void cmime_date(GMimeMessage *message, gint64 seconds) {
  GDateTime *date = g_date_time_new_from_unix_utc(seconds);
  if (!date) return;
  g_mime_message_set_date(message, date);
  g_date_time_unref(date);
}

// The one mailbox of a kind of address, in place of those that are there.
static inline void cmime_mailbox(
    GMimeMessage *message, GMimeAddressType kind, const char *name, const char *address) {
  internet_address_list_clear(g_mime_message_get_addresses(message, kind));
  g_mime_message_add_mailbox(message, kind, name, address);
}

static inline void cmime_free(GMimeMessage *message) { g_object_unref(message); }

// The array behind a stream in memory, which outlives it.
static inline GByteArray *cmime_array(GMimeStream *stream) {
  GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_object_unref(stream);
  return bytes;
}

// The bytes of a message, to be freed by g_byte_array_unref; lines end with line feeds.
static inline GByteArray *cmime_bytes(GMimeMessage *message) {
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, stream);
  return cmime_array(stream);
}

// A message from its bytes; NULL where they are none.
static inline GMimeMessage *cmime_read(const char *bytes, size_t length) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  return message;
}

// The parts of a message that hold no others, in their order; by number, NULL behind the last.
static inline GMimePart *cmime_part(GMimeMessage *message, int number) {
  GMimePart *found = NULL;
  GMimePartIter *walk = g_mime_part_iter_new(GMIME_OBJECT(message));
  do {
    GMimeObject *object = g_mime_part_iter_get_current(walk);
    if (GMIME_IS_PART(object) && number-- == 0) found = GMIME_PART(object);
  } while (!found && g_mime_part_iter_next(walk));
  g_mime_part_iter_free(walk);
  return found;
}

static inline int cmime_is_text(GMimePart *part) {
  return GMIME_IS_TEXT_PART(part) && !g_mime_part_is_attachment(part);
}

// What a part holds, decoded, to be freed by g_byte_array_unref.
static inline GByteArray *cmime_decoded(GMimePart *part) {
  GMimeStream *stream = g_mime_stream_mem_new();
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (content) g_mime_data_wrapper_write_to_stream(content, stream);
  return cmime_array(stream);
}

#endif
