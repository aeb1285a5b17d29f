#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// The door to libxml2. Its own headers stay behind it: Debian builds them with ICU, whose headers clash with the
// toolchain's.

/// The attributes that reading needs; NULL where the element does not have one.
typedef struct {
  const char *alt;
  /// `class`, `id`.
  const char *classes;
  const char *colspan;
  const char *height;
  const char *identity;
  const char *rowspan;
  const char *src;
  const char *style;
  const char *title;
  const char *type;
  const char *value;
  const char *width;
  /// The element has `hidden`, with whatever value.
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

/// `name` is the local name of the attribute; `value` is not terminated, its entities are resolved.
typedef struct {
  const char *name;
  const char *value;
  size_t length;
} shoubao_xml_attribute;

/// Called in the order of the source, names without their namespace. A result other than 0 stops the parser. Text comes
/// in pieces of whole characters, in UTF-8.
typedef struct {
  int (*start)(void *context, const char *name, const shoubao_xml_attribute *attributes, int count);
  int (*end)(void *context, const char *name);
  int (*text)(void *context, const char *utf8, size_t length);
} shoubao_xml_handler;

typedef enum {
  SHOUBAO_XML_DONE = 0,
  /// A handler asked for it.
  SHOUBAO_XML_STOPPED,
  /// Elements nested deeper than the limit.
  SHOUBAO_XML_TOO_DEEP,
  /// A document type declaration, which no part of an office file has.
  SHOUBAO_XML_HAS_DOCTYPE,
  /// Not well-formed; what came before the fault was handed over.
  SHOUBAO_XML_BROKEN,
  SHOUBAO_XML_NO_MEMORY,
} shoubao_xml_result;

/// Parses one part of an office file, in the encoding that it declares, without network and entities of its own.
shoubao_xml_result shoubao_xml_parse(
    const char *bytes, size_t length, int depth_limit, const shoubao_xml_handler *handler,
    void *context);

/// `wants`: other than 0 for members whose bytes are to be handed over; called for all, in the order of the directory.
/// `data`: bytes of the member last wanted, unpacked; a result other than 0 stops the reading.
typedef struct {
  int (*wants)(void *context, const char *name);
  int (*data)(void *context, const void *bytes, size_t length);
} shoubao_zip_handler;

typedef enum {
  SHOUBAO_ZIP_DONE = 0,
  /// A handler asked for it.
  SHOUBAO_ZIP_STOPPED,
  /// A member that is wanted needs a password.
  SHOUBAO_ZIP_ENCRYPTED,
  /// No directory, or a member that does not unpack to what the directory says.
  SHOUBAO_ZIP_BROKEN,
  SHOUBAO_ZIP_NO_MEMORY,
} shoubao_zip_result;

/// Reads members of a ZIP file that lies in memory.
shoubao_zip_result shoubao_zip_read(
    const void *bytes, size_t length, const shoubao_zip_handler *handler, void *context);

typedef enum {
  SHOUBAO_ARCHIVE_ZIP,
  SHOUBAO_ARCHIVE_7Z,
  SHOUBAO_ARCHIVE_RAR,
  /// Also packed with gzip, bzip2, xz or zstd; and one single file packed so.
  SHOUBAO_ARCHIVE_TAR,
} shoubao_archive_kind;

typedef enum {
  SHOUBAO_MEMBER_FILE,
  SHOUBAO_MEMBER_FOLDER,
  /// A file that needs a password.
  SHOUBAO_MEMBER_ENCRYPTED,
  /// A link, a device.
  SHOUBAO_MEMBER_OTHER,
} shoubao_member_kind;

typedef enum {
  SHOUBAO_MEMBER_GO_ON,
  /// Go on with the next member; no `end` comes for this one.
  SHOUBAO_MEMBER_SKIP,
  SHOUBAO_MEMBER_STOP,
} shoubao_member_step;

/// `member`: the next one, in the archive's order; the name in UTF-8 where the archive has it as Unicode, else as it stands
/// there. `data`: bytes of a member that was not skipped. `passed`: so many bytes had to be unpacked of one that was. `end`: it has
/// ended, `whole` 0 where it does not unpack to what its head says.
typedef struct {
  shoubao_member_step (*member)(void *context, const char *name, shoubao_member_kind kind);
  shoubao_member_step (*data)(void *context, const void *bytes, size_t length);
  shoubao_member_step (*passed)(void *context, size_t length);
  void (*end)(void *context, int whole);
} shoubao_archive_handler;

typedef enum {
  SHOUBAO_ARCHIVE_DONE = 0,
  /// A handler asked for it.
  SHOUBAO_ARCHIVE_STOPPED,
  /// Not even its list of members is to be had without a password.
  SHOUBAO_ARCHIVE_ENCRYPTED,
  SHOUBAO_ARCHIVE_BROKEN,
  SHOUBAO_ARCHIVE_NO_MEMORY,
} shoubao_archive_result;

/// As the loaded libraries call their versions.
const char *shoubao_xml_version(void);
const char *shoubao_archive_version(void);

/// Loads what reading archives needs from the system's files: call it before they are out of reach.
void shoubao_archive_prepare(void);

/// Unpacks an archive that lies in memory, member by member. Not for two threads at once.
shoubao_archive_result shoubao_archive_read(
    const void *bytes, size_t length, shoubao_archive_kind kind,
    const shoubao_archive_handler *handler, void *context);

/// In points, from the upper left corner of the page as it is shown.
typedef struct {
  double left, top, right, bottom;
} shoubao_pdf_box;

/// `page`: a page begins, counted from 1. `character`: a character that is seen, by its Unicode number; U+FFFD where
/// the file does not say what a glyph means. `rule`: a line drawn straight across or straight down. `page_end`: `images`
/// pictures stood on the page. A result other than 0 stops the reading.
typedef struct {
  int (*page)(void *context, int number);
  int (*character)(void *context, unsigned int character, const shoubao_pdf_box *box);
  int (*rule)(void *context, const shoubao_pdf_box *box);
  int (*page_end)(void *context, int images);
} shoubao_pdf_handler;

typedef enum {
  SHOUBAO_PDF_DONE = 0,
  /// A handler asked for it.
  SHOUBAO_PDF_STOPPED,
  SHOUBAO_PDF_ENCRYPTED,
  SHOUBAO_PDF_BROKEN,
  /// More pages than the limit.
  SHOUBAO_PDF_TOO_LONG,
  /// See `shoubao_pdf_load`.
  SHOUBAO_PDF_NOT_LOADED,
} shoubao_pdf_result;

/// One byte a pixel, 0 black, rows from the top; gone when the handler returns.
typedef struct {
  const unsigned char *pixels;
  int width, height;
  /// From one row to the next, in bytes.
  int stride;
  /// Dots per inch.
  double dpi;
} shoubao_pdf_bitmap;

typedef struct {
  int (*page)(void *context, const shoubao_pdf_bitmap *bitmap);
} shoubao_pdf_canvas;

/// Loads what reading PDF files needs, a library beside the program: 0, or it is not to be had. Done once; a process that
/// will not be able to open files calls it before.
int shoubao_pdf_load(void);

/// Reads the text of a PDF file that lies in memory. `bytes` are not copied.
shoubao_pdf_result shoubao_pdf_read(
    const void *bytes, size_t length, int page_limit, const shoubao_pdf_handler *handler,
    void *context);

/// Draws a page, counted from 1, in gray: with so many dots per inch, or fewer where that would be more pixels than the limit.
shoubao_pdf_result shoubao_pdf_render(
    const void *bytes, size_t length, int number, double dpi, size_t pixel_limit,
    const shoubao_pdf_canvas *canvas, void *context);

#ifdef __cplusplus
}
#endif
