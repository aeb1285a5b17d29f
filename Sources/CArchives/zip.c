#include "CArchives.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

// Only ZIP, and only with its directory: what has none is cut off, and what other formats libarchive could open is
// nobody's business here.

shoubao_zip_result shoubao_archives_zip(
    const void *bytes, size_t length, const shoubao_zip_handler *handler, void *context) {
  struct archive *archive = archive_read_new();
  if (archive == NULL) return SHOUBAO_ZIP_NO_MEMORY;
  shoubao_zip_result result = SHOUBAO_ZIP_BROKEN;
  if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
      archive_read_open_memory(archive, bytes, length) != ARCHIVE_OK)
    goto end;
  for (;;) {
    struct archive_entry *entry;
    int status = archive_read_next_header(archive, &entry);
    if (status == ARCHIVE_EOF) {
      result = SHOUBAO_ZIP_DONE;
      goto end;
    }
    if (status < ARCHIVE_WARN) goto end;
    const char *name = archive_entry_pathname(entry);
    if (name == NULL || !handler->wants(context, name)) continue;
    if (archive_entry_is_encrypted(entry)) {
      result = SHOUBAO_ZIP_ENCRYPTED;
      goto end;
    }
    const void *block;
    size_t size;
    la_int64_t offset;
    while ((status = archive_read_data_block(archive, &block, &size, &offset)) == ARCHIVE_OK) {
      if (size > 0 && handler->data(context, block, size) != 0) {
        result = SHOUBAO_ZIP_STOPPED;
        goto end;
      }
    }
    if (status != ARCHIVE_EOF) goto end;
  }
end:
  archive_read_free(archive);
  return result;
}
