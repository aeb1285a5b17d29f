#pragma once

#include <stddef.h>

// The door to Tesseract and Leptonica, which a machine may have or not: nothing is linked, both are loaded when they are
// asked for. Not for two threads at once.

/// Loads both libraries, and Tesseract's data for simplified Chinese from a folder: 0, or they are not to be had. A process
/// that will not be able to open files calls it before; once it is done it is not done again.
int shoubao_scans_load(const char *data_folder);

/// A page as a picture in gray, set straight.
typedef struct shoubao_scan shoubao_scan;

/// In pixels, from the upper left corner.
typedef struct {
  int left, top, width, height;
} shoubao_scan_box;

typedef enum {
  SHOUBAO_SCAN_DONE = 0,
  /// No picture that Leptonica reads, or a damaged one.
  SHOUBAO_SCAN_BROKEN,
  /// More pixels than the limit.
  SHOUBAO_SCAN_TOO_LARGE,
} shoubao_scan_result;

/// One page of a picture file that lies in memory (PNG, JPEG, TIFF …). `offset`: where the page begins in the file, 0 for
/// the first; then that of the next page, 0 where there is none.
shoubao_scan_result shoubao_scan_open(
    const void *bytes, size_t length, size_t pixel_limit, size_t *offset, shoubao_scan **scan);

/// A page that somebody else has drawn: one byte a pixel, 0 black. The pixels are copied; NULL: no memory.
shoubao_scan *shoubao_scan_copy(const unsigned char *pixels, int width, int height, int stride);

void shoubao_scan_close(shoubao_scan *scan);

shoubao_scan_box shoubao_scan_size(const shoubao_scan *scan);

/// Lines drawn straight across or straight down, at least so many pixels long, which are then wiped off the picture.
/// A result of the handler other than 0 stops.
void shoubao_scan_rules(
    shoubao_scan *scan, int shortest, int (*rule)(void *context, const shoubao_scan_box *box), void *context);

/// Where the dark specks of a part of the page are that are as large as print: the smallest box around them, of width 0 where there
/// are none.
shoubao_scan_box shoubao_scan_ink(const shoubao_scan *scan, const shoubao_scan_box *part);

typedef enum {
  /// Lines of one text.
  SHOUBAO_SCAN_BLOCK,
  SHOUBAO_SCAN_LINE,
  /// A line of digits, a point, a stroke; other characters are not thought of.
  SHOUBAO_SCAN_FIGURE,
  /// Text and pictures, wherever they stand.
  SHOUBAO_SCAN_PAGE,
} shoubao_scan_layout;

/// Reads a part of the page, line by line, UTF-8.
void shoubao_scan_read(
    shoubao_scan *scan, const shoubao_scan_box *part, shoubao_scan_layout layout,
    int (*line)(void *context, const char *utf8, const shoubao_scan_box *box), void *context);

/// Wipes a part of the page.
void shoubao_scan_wipe(shoubao_scan *scan, const shoubao_scan_box *part);
