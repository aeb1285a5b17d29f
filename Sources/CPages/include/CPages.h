#pragma once

#include "CDocument.h"

#ifdef __cplusplus
extern "C" {
#endif

// What CDocument's functions of the same names with `pdf` call, once this library is loaded.

shoubao_pdf_result shoubao_pages_read(
    const void *bytes, size_t length, int page_limit, const shoubao_pdf_handler *handler,
    void *context);

shoubao_pdf_result shoubao_pages_render(
    const void *bytes, size_t length, int number, double dpi, size_t pixel_limit,
    const shoubao_pdf_canvas *canvas, void *context);

#ifdef __cplusplus
}
#endif
