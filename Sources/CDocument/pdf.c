#include "CDocument.h"

#include <poppler.h>

static int image_count(PopplerPage *page) {
  GList *images = poppler_page_get_image_mapping(page);
  int count = (int)g_list_length(images);
  poppler_page_free_image_mapping(images);
  return count;
}

/// The characters of one page, each with its box. Poppler orders them by the columns of text it sees; the boxes tell
/// where they stand.
static int read_characters(PopplerPage *page, const shoubao_pdf_handler *handler, void *context) {
  char *text = poppler_page_get_text(page);
  PopplerRectangle *boxes = NULL;
  guint count = 0;
  int stopped = 0;
  if (text && poppler_page_get_text_layout(page, &boxes, &count)) {
    const char *next = text;
    for (guint i = 0; i < count && *next && !stopped; i++) {
      const gunichar character = g_utf8_get_char(next);
      next = g_utf8_next_char(next);
      if (g_unichar_isspace(character)) continue;
      const shoubao_pdf_box box = {boxes[i].x1, boxes[i].y1, boxes[i].x2, boxes[i].y2};
      stopped = handler->character(context, character, &box);
    }
  }
  g_free(boxes);
  g_free(text);
  return stopped;
}

shoubao_pdf_result shoubao_pdf_read(
    const void *bytes, size_t length, int page_limit, const shoubao_pdf_handler *handler,
    void *context) {
  GError *error = NULL;
  GBytes *source = g_bytes_new_static(bytes, length);
  PopplerDocument *document = poppler_document_new_from_bytes(source, NULL, &error);
  g_bytes_unref(source);
  if (document == NULL) {
    const int locked = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
    g_clear_error(&error);
    return locked ? SHOUBAO_PDF_ENCRYPTED : SHOUBAO_PDF_BROKEN;
  }
  shoubao_pdf_result result = SHOUBAO_PDF_DONE;
  const int pages = poppler_document_get_n_pages(document);
  if (pages > page_limit) result = SHOUBAO_PDF_TOO_LONG;
  for (int number = 0; number < pages && result == SHOUBAO_PDF_DONE; number++) {
    PopplerPage *page = poppler_document_get_page(document, number);
    if (page == NULL) {
      result = SHOUBAO_PDF_BROKEN;
      break;
    }
    if (handler->page(context, number + 1, image_count(page)) != 0 ||
        read_characters(page, handler, context) != 0)
      result = SHOUBAO_PDF_STOPPED;
    g_object_unref(page);
  }
  g_object_unref(document);
  return result;
}
