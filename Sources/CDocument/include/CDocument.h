#pragma once

#include <stddef.h>

// The door to libxml2. Its own headers stay behind it: Debian builds them with ICU, whose headers clash with the
// toolchain's.

/// The attributes that reading needs; NULL where the element does not have one.
typedef struct {
  const char *alt;
  const char *colspan;
  const char *height;
  const char *rowspan;
  const char *src;
  const char *title;
  const char *type;
  const char *value;
  const char *width;
  /// The element is not to be seen: `hidden`, `display:none`, `visibility:hidden`, Word's `mso-hide:all`, or struck out.
  int hidden;
} shoubao_html_attributes;

/// Called in the order of the source; every start has its end, also where the source leaves one out. A result other
/// than 0 stops the parser. Text comes in pieces of whole characters.
typedef struct {
  int (*start)(void *context, const char *name, const shoubao_html_attributes *attributes);
  int (*end)(void *context, const char *name);
  int (*text)(void *context, const char *utf8, size_t length);
} shoubao_html_handler;

typedef enum {
  SHOUBAO_HTML_DONE = 0,
  /// A handler asked for it.
  SHOUBAO_HTML_STOPPED,
  /// Elements nested deeper than the limit.
  SHOUBAO_HTML_TOO_DEEP,
  /// libxml2 gave up before the end of the source.
  SHOUBAO_HTML_HALTED,
  SHOUBAO_HTML_NO_MEMORY,
} shoubao_html_result;

/// Parses a page in UTF-8 (whatever the page says of itself) without network, entities from outside or messages.
/// `detail`, if not NULL, receives libxml2's error number where it gave up.
shoubao_html_result shoubao_html_parse(
    const char *utf8, size_t length, int depth_limit, const shoubao_html_handler *handler,
    void *context, int *detail);
