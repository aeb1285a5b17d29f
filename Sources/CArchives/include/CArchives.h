#pragma once

#include "CDocument.h"

#ifdef __cplusplus
extern "C" {
#endif

// What CDocument's functions of almost the same names call, once this library is loaded.

const char *shoubao_archives_version(void);

void shoubao_archives_prepare(void);

shoubao_zip_result shoubao_archives_zip(
    const void *bytes, size_t length, const shoubao_zip_handler *handler, void *context);

shoubao_archive_result shoubao_archives_read(
    const void *bytes, size_t length, shoubao_archive_kind kind,
    const shoubao_archive_handler *handler, void *context);

#ifdef __cplusplus
}
#endif
