#include "CDocument.h"

#include <dlfcn.h>
#include <pthread.h>

#include "beside.h"

// Poppler brings some forty libraries with it, whose loading takes longer than reading a report, and which no other
// format needs: they are loaded when they are.

// Weak: there in a program that has the library inside.
__attribute__((weak)) shoubao_pdf_result shoubao_pages_read(
    const void *bytes, size_t length, int page_limit, const shoubao_pdf_handler *handler, void *context);
__attribute__((weak)) shoubao_pdf_result shoubao_pages_render(
    const void *bytes, size_t length, int number, double dpi, size_t pixel_limit,
    const shoubao_pdf_canvas *canvas, void *context);

static __typeof__(&shoubao_pages_read) read_pages;
static __typeof__(&shoubao_pages_render) render_page;

static void load(void) {
  if (shoubao_pages_read != NULL) {
    read_pages = shoubao_pages_read;
    render_page = shoubao_pages_render;
    return;
  }
  void *loaded = shoubao_library_beside("libshoubao-pages.so");
  if (loaded == NULL) return;
  read_pages = (__typeof__(read_pages))dlsym(loaded, "shoubao_pages_read");
  render_page = (__typeof__(render_page))dlsym(loaded, "shoubao_pages_render");
}

int shoubao_pdf_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return read_pages != NULL && render_page != NULL ? 0 : -1;
}

shoubao_pdf_result shoubao_pdf_read(
    const void *bytes, size_t length, int page_limit, const shoubao_pdf_handler *handler,
    void *context) {
  if (shoubao_pdf_load() != 0) return SHOUBAO_PDF_NOT_LOADED;
  return read_pages(bytes, length, page_limit, handler, context);
}

shoubao_pdf_result shoubao_pdf_render(
    const void *bytes, size_t length, int number, double dpi, size_t pixel_limit,
    const shoubao_pdf_canvas *canvas, void *context) {
  if (shoubao_pdf_load() != 0) return SHOUBAO_PDF_NOT_LOADED;
  return render_page(bytes, length, number, dpi, pixel_limit, canvas, context);
}
