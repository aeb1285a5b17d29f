#define _GNU_SOURCE
#include "CArchives.h"

#include <locale.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

// libarchive keeps names in the character set of the locale. In the C locale it would lose every Chinese name that an archive
// has as Unicode; with UTF-8 those come through, and names in an old character set come as the bytes they are.
static locale_t utf8;

const char *shoubao_archives_version(void) { return archive_version_details(); }

void shoubao_archives_prepare(void) {
  if (utf8 == (locale_t)0) utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static int support(struct archive *archive, shoubao_archive_kind kind) {
  switch (kind) {
    case SHOUBAO_ARCHIVE_ZIP: return archive_read_support_format_zip_seekable(archive);
    case SHOUBAO_ARCHIVE_7Z: return archive_read_support_format_7zip(archive);
    case SHOUBAO_ARCHIVE_RAR: {
      int result = archive_read_support_format_rar(archive);
      return result == ARCHIVE_OK ? archive_read_support_format_rar5(archive) : result;
    }
    case SHOUBAO_ARCHIVE_TAR: {
      // Only filters that work within this process: others start programs.
      int (*const parts[])(struct archive *) = {
          archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
          archive_read_support_filter_xz,   archive_read_support_filter_zstd,
          archive_read_support_format_tar,  archive_read_support_format_raw};
      for (size_t index = 0; index < sizeof parts / sizeof *parts; index++) {
        if (parts[index](archive) != ARCHIVE_OK) return ARCHIVE_FATAL;
      }
      return ARCHIVE_OK;
    }
  }
  return ARCHIVE_FATAL;
}

static int wants_password(struct archive *archive) {
  if (archive_read_has_encrypted_entries(archive) == 1) return 1;
  // Not every reader tells it otherwise where the list of members itself is encrypted.
  const char *message = archive_error_string(archive);
  return message != NULL &&
         (strcasestr(message, "encrypt") != NULL || strcasestr(message, "crypto") != NULL);
}

static shoubao_member_kind kind_of(struct archive_entry *entry) {
  if (archive_entry_hardlink(entry) != NULL) return SHOUBAO_MEMBER_OTHER;
  switch (archive_entry_filetype(entry)) {
    case AE_IFDIR: return SHOUBAO_MEMBER_FOLDER;
    case AE_IFREG:
    case 0: break;
    default: return SHOUBAO_MEMBER_OTHER;
  }
  return archive_entry_is_encrypted(entry) ? SHOUBAO_MEMBER_ENCRYPTED : SHOUBAO_MEMBER_FILE;
}

// A member that nobody wants. In a ZIP file the next one is found without it; elsewhere what stands in front has to be unpacked,
// which counts, be it thrown away.
static shoubao_archive_result pass_over(
    struct archive *archive, const shoubao_archive_handler *handler, void *context) {
  static char piece[64 << 10];
  if ((archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP)
    return SHOUBAO_ARCHIVE_DONE;
  for (;;) {
    la_ssize_t count = archive_read_data(archive, piece, sizeof piece);
    if (count == ARCHIVE_RETRY) continue;
    // What is wrong with it the next head will tell.
    if (count <= 0) return SHOUBAO_ARCHIVE_DONE;
    if (handler->passed(context, (size_t)count) == SHOUBAO_MEMBER_STOP)
      return SHOUBAO_ARCHIVE_STOPPED;
  }
}

// What the member's end was: its last byte came, or it does not unpack to what its head says. Where its packed bytes make no
// sense libarchive reads no further (`*lost`).
static shoubao_archive_result read_member(
    struct archive *archive, const shoubao_archive_handler *handler, void *context, int *lost) {
  static char piece[64 << 10];
  for (;;) {
    la_ssize_t count = archive_read_data(archive, piece, sizeof piece);
    if (count == ARCHIVE_RETRY) continue;
    if (count == ARCHIVE_FATAL && wants_password(archive)) return SHOUBAO_ARCHIVE_ENCRYPTED;
    *lost = count == ARCHIVE_FATAL;
    if (count <= 0) {
      handler->end(context, count == 0);
      return SHOUBAO_ARCHIVE_DONE;
    }
    switch (handler->data(context, piece, (size_t)count)) {
      case SHOUBAO_MEMBER_GO_ON: continue;
      case SHOUBAO_MEMBER_SKIP: return pass_over(archive, handler, context);
      default: return SHOUBAO_ARCHIVE_STOPPED;
    }
  }
}

// From the member behind `*done` heads on, to the end or to a member behind which libarchive reads no further (`*lost`).
static shoubao_archive_result walk(
    struct archive *archive, const shoubao_archive_handler *handler, void *context, size_t *done,
    int *lost) {
  size_t known = *done;
  *lost = 0;
  for (size_t heads = 1;; heads++) {
    struct archive_entry *entry;
    int status = archive_read_next_header(archive, &entry);
    if (status == ARCHIVE_EOF) return SHOUBAO_ARCHIVE_DONE;
    if (status == ARCHIVE_RETRY) {
      heads--;
      continue;
    }
    if (status < ARCHIVE_WARN)
      return wants_password(archive) ? SHOUBAO_ARCHIVE_ENCRYPTED : SHOUBAO_ARCHIVE_BROKEN;
    if (heads <= known) continue;
    *done = heads;
    const char *name = archive_entry_pathname(entry);
    if (name == NULL) name = archive_entry_pathname_utf8(entry);
    // What is packed alone has no name in it; libarchive calls it “data”.
    if (archive_format(archive) == ARCHIVE_FORMAT_RAW) name = NULL;
    shoubao_member_kind kind = kind_of(entry);
    shoubao_member_step step = handler->member(context, name == NULL ? "" : name, kind);
    if (step == SHOUBAO_MEMBER_STOP) return SHOUBAO_ARCHIVE_STOPPED;
    if (step == SHOUBAO_MEMBER_SKIP && kind != SHOUBAO_MEMBER_FILE) continue;
    shoubao_archive_result result = step == SHOUBAO_MEMBER_SKIP
                                        ? pass_over(archive, handler, context)
                                        : read_member(archive, handler, context, lost);
    if (result != SHOUBAO_ARCHIVE_DONE || *lost) return result;
  }
}

// Opened anew behind a broken member at most so often: each time all heads before it are passed again.
static const int most_broken = 32;

shoubao_archive_result shoubao_archives_read(
    const void *bytes, size_t length, shoubao_archive_kind kind,
    const shoubao_archive_handler *handler, void *context) {
  shoubao_archives_prepare();
  locale_t before = utf8 == (locale_t)0 ? (locale_t)0 : uselocale(utf8);
  shoubao_archive_result result = SHOUBAO_ARCHIVE_BROKEN;
  size_t done = 0;
  int lost = 1;
  for (int times = 0; lost && times <= most_broken; times++) {
    struct archive *archive = archive_read_new();
    result = archive == NULL ? SHOUBAO_ARCHIVE_NO_MEMORY : SHOUBAO_ARCHIVE_BROKEN;
    lost = 0;
    // After a failed opening libarchive may be asked nothing more: there is no format to answer.
    if (archive != NULL && support(archive, kind) == ARCHIVE_OK &&
        archive_read_open_memory(archive, bytes, length) == ARCHIVE_OK)
      result = walk(archive, handler, context, &done, &lost);
    if (archive != NULL) archive_read_free(archive);
  }
  if (lost) result = SHOUBAO_ARCHIVE_BROKEN;
  if (before != (locale_t)0) uselocale(before);
  return result;
}
