#define _GNU_SOURCE
#include "CScans.h"

#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

// Their headers give the types; their code comes at run time, or not at all.

#define LEPTONICA(use) \
  use(pixReadHeaderMem) use(pixReadMem) use(pixReadMemFromMultipageTiff) use(pixCreate) use(pixDestroy) \
  use(pixGetData) use(pixGetWpl) use(pixGetWidth) use(pixGetHeight) use(pixGetXRes) use(pixRemoveAlpha) use(pixConvertTo8) \
  use(pixScale) use(pixDeskew) use(pixSetResolution) use(pixOtsuAdaptiveThreshold) use(pixBackgroundNormSimple) \
  use(pixThresholdToBinary) use(pixMorphSequence) \
  use(pixDilateBrick) use(pixSetMasked) use(pixConnComp) use(boxaGetCount) use(boxaGetBoxGeometry) \
  use(boxaDestroy) use(boxCreate) use(boxDestroy) use(pixClipRectangle) use(pixSetInRect) use(pixClearInRect) \
  use(setMsgSeverity)

#define TESSERACT(use) \
  use(TessBaseAPICreate) use(TessBaseAPIInit3) use(TessBaseAPISetVariable) use(TessBaseAPISetImage2) \
  use(TessBaseAPISetRectangle) use(TessBaseAPISetPageSegMode) use(TessBaseAPIRecognize) \
  use(TessBaseAPIGetIterator) use(TessBaseAPIClear) use(TessDeleteText) use(TessResultIteratorDelete) \
  use(TessResultIteratorGetPageIterator) use(TessResultIteratorGetUTF8Text) use(TessResultIteratorNext) \
  use(TessPageIteratorBoundingBox)

#define DECLARE(name) __typeof__(&name) name##_;
static struct { LEPTONICA(DECLARE) TESSERACT(DECLARE) } call;

struct shoubao_scan {
  PIX *gray;
  /// Dark is 1.
  PIX *dark;
  /// What Tesseract has of the picture is out of date.
  int is_changed;
};

static TessBaseAPI *reader;
static const char *folder;
static int is_loaded;

static void load(void) {
  // Threads are not to be had in the cage.
  setenv("OMP_THREAD_LIMIT", "1", 1);
  void *leptonica = dlopen("liblept.so.5", RTLD_NOW | RTLD_LOCAL);
  void *tesseract = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
  if (leptonica == NULL || tesseract == NULL) return;
  int missing = 0;
#define FROM(library, name) missing |= (call.name##_ = (__typeof__(&name))dlsym(library, #name)) == NULL;
#define FROM_LEPTONICA(name) FROM(leptonica, name)
#define FROM_TESSERACT(name) FROM(tesseract, name)
  LEPTONICA(FROM_LEPTONICA)
  TESSERACT(FROM_TESSERACT)
  if (missing) return;
  call.setMsgSeverity_(L_SEVERITY_NONE);
  reader = call.TessBaseAPICreate_();
  if (reader == NULL || call.TessBaseAPIInit3_(reader, folder, "chi_sim") != 0) return;
  call.TessBaseAPISetVariable_(reader, "debug_file", "/dev/null");
  is_loaded = 1;
}

int shoubao_scans_load(const char *data_folder) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  folder = data_folder;
  pthread_once(&once, load);
  return is_loaded ? 0 : -1;
}

/// Takes the picture over. Small type is made larger: Tesseract was taught with letters of about thirty pixels.
static shoubao_scan *scan_of(PIX *gray) {
  if (gray == NULL) return NULL;
  const int width = call.pixGetWidth_(gray), height = call.pixGetHeight_(gray);
  const int narrow = width < height ? width : height;
  // 200 dots to the inch of a page of A4, 8.27 inches wide.
  if (narrow < 1650) {
    const float scale = narrow < 825 ? 3 : 2;
    PIX *large = call.pixScale_(gray, scale, scale);
    call.pixDestroy_(&gray);
    if (large == NULL) return NULL;
    gray = large;
  }
  PIX *straight = call.pixDeskew_(gray, 0);
  call.pixDestroy_(&gray);
  shoubao_scan *scan = straight == NULL ? NULL : calloc(1, sizeof *scan);
  if (scan == NULL) {
    call.pixDestroy_(&straight);
    return NULL;
  }
  call.pixSetResolution_(straight, 300, 300);
  scan->gray = straight;
  scan->is_changed = 1;
  call.pixOtsuAdaptiveThreshold_(straight, 2000, 2000, 0, 0, 0.1f, NULL, &scan->dark);
  if (scan->dark == NULL) {
    shoubao_scan_close(scan);
    return NULL;
  }
  return scan;
}

shoubao_scan_result shoubao_scan_open(
    const void *bytes, size_t length, size_t pixel_limit, size_t *offset, shoubao_scan **scan) {
  *scan = NULL;
  int format, width, height, bits, samples, map;
  // Of a file of several pages this is the first.
  if (call.pixReadHeaderMem_(bytes, length, &format, &width, &height, &bits, &samples, &map) != 0)
    return SHOUBAO_SCAN_BROKEN;
  if (width <= 0 || height <= 0) return SHOUBAO_SCAN_BROKEN;
  if ((size_t)width > pixel_limit / (size_t)height) return SHOUBAO_SCAN_TOO_LARGE;
  PIX *picture;
  if (format >= IFF_TIFF && format <= IFF_TIFF_ZIP) {
    picture = call.pixReadMemFromMultipageTiff_(bytes, length, offset);
  } else {
    picture = call.pixReadMem_(bytes, length);
    *offset = 0;
  }
  if (picture == NULL) return SHOUBAO_SCAN_BROKEN;
  PIX *opaque = call.pixRemoveAlpha_(picture);
  call.pixDestroy_(&picture);
  PIX *gray = opaque == NULL ? NULL : call.pixConvertTo8_(opaque, 0);
  call.pixDestroy_(&opaque);
  *scan = scan_of(gray);
  return *scan == NULL ? SHOUBAO_SCAN_BROKEN : SHOUBAO_SCAN_DONE;
}

shoubao_scan *shoubao_scan_copy(const unsigned char *pixels, int width, int height, int stride) {
  PIX *gray = call.pixCreate_(width, height, 8);
  if (gray == NULL) return NULL;
  l_uint32 *words = call.pixGetData_(gray);
  const int row = call.pixGetWpl_(gray);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      SET_DATA_BYTE(words + (size_t)y * row, x, pixels[(size_t)y * stride + x]);
  return scan_of(gray);
}

void shoubao_scan_close(shoubao_scan *scan) {
  if (scan == NULL) return;
  call.TessBaseAPIClear_(reader);
  call.pixDestroy_(&scan->gray);
  call.pixDestroy_(&scan->dark);
  free(scan);
}

shoubao_scan_box shoubao_scan_size(const shoubao_scan *scan) {
  return (shoubao_scan_box){0, 0, call.pixGetWidth_(scan->gray), call.pixGetHeight_(scan->gray)};
}

/// The parts of the dark that hang together.
static void parts(PIX *dark, int (*handler)(void *, const shoubao_scan_box *), void *context) {
  BOXA *boxes = call.pixConnComp_(dark, NULL, 8);
  const int count = boxes == NULL ? 0 : call.boxaGetCount_(boxes);
  for (int index = 0; index < count; index++) {
    shoubao_scan_box box;
    if (call.boxaGetBoxGeometry_(boxes, index, &box.left, &box.top, &box.width, &box.height) != 0) continue;
    if (handler(context, &box) != 0) break;
  }
  call.boxaDestroy_(&boxes);
}

void shoubao_scan_rules(
    shoubao_scan *scan, int shortest, int (*rule)(void *, const shoubao_scan_box *), void *context) {
  // Thin lines are light: against an even background what is a little darker is a line too.
  PIX *even = call.pixBackgroundNormSimple_(scan->gray, NULL, NULL);
  PIX *faint = even == NULL ? NULL : call.pixThresholdToBinary_(even, 170);
  call.pixDestroy_(&even);
  if (faint == NULL) return;
  for (int is_down = 0; is_down <= 1; is_down++) {
    char steps[64];
    // Small gaps are closed; then only what is dark so far in one direction is left.
    snprintf(steps, sizeof steps, is_down ? "c1.5+o1.%d" : "c5.1+o%d.1", shortest);
    PIX *lines = call.pixMorphSequence_(faint, steps, 0);
    if (lines == NULL) continue;
    parts(lines, rule, context);
    PIX *thick = call.pixDilateBrick_(NULL, lines, 5, 5);
    if (thick != NULL) {
      call.pixSetMasked_(scan->gray, thick, 255);
      call.pixSetMasked_(scan->dark, thick, 0);
    }
    call.pixDestroy_(&thick);
    call.pixDestroy_(&lines);
  }
  call.pixDestroy_(&faint);
  scan->is_changed = 1;
}

/// The part of it that lies on the page; of width 0 where nothing does.
static shoubao_scan_box on_page(const shoubao_scan *scan, const shoubao_scan_box *part) {
  const shoubao_scan_box page = shoubao_scan_size(scan);
  shoubao_scan_box box = *part;
  if (box.left < 0) box.width += box.left, box.left = 0;
  if (box.top < 0) box.height += box.top, box.top = 0;
  if (box.width > page.width - box.left) box.width = page.width - box.left;
  if (box.height > page.height - box.top) box.height = page.height - box.top;
  if (box.width <= 0 || box.height <= 0) box.width = box.height = 0;
  return box;
}

static int grow(void *context, const shoubao_scan_box *speck) {
  shoubao_scan_box *all = context;
  // Dust, and what is left of lines.
  if (speck->height < 6 && speck->width < 10) return 0;
  if (speck->height < 3 || speck->width < 2) return 0;
  if (all->width == 0) {
    *all = *speck;
    return 0;
  }
  const int right = all->left + all->width > speck->left + speck->width
      ? all->left + all->width : speck->left + speck->width;
  const int bottom = all->top + all->height > speck->top + speck->height
      ? all->top + all->height : speck->top + speck->height;
  if (speck->left < all->left) all->left = speck->left;
  if (speck->top < all->top) all->top = speck->top;
  all->width = right - all->left;
  all->height = bottom - all->top;
  return 0;
}

shoubao_scan_box shoubao_scan_ink(const shoubao_scan *scan, const shoubao_scan_box *part) {
  const shoubao_scan_box place = on_page(scan, part);
  shoubao_scan_box ink = {0, 0, 0, 0};
  if (place.width == 0) return ink;
  BOX *box = call.boxCreate_(place.left, place.top, place.width, place.height);
  PIX *cut = box == NULL ? NULL : call.pixClipRectangle_(scan->dark, box, NULL);
  if (cut != NULL) parts(cut, grow, &ink);
  call.pixDestroy_(&cut);
  call.boxDestroy_(&box);
  ink.left += place.left;
  ink.top += place.top;
  return ink;
}

void shoubao_scan_read(
    shoubao_scan *scan, const shoubao_scan_box *part, shoubao_scan_layout layout,
    int (*line)(void *, const char *, const shoubao_scan_box *), void *context) {
  static const TessPageSegMode modes[] = {PSM_SINGLE_BLOCK, PSM_SINGLE_LINE, PSM_SINGLE_LINE, PSM_AUTO};
  const shoubao_scan_box place = on_page(scan, part);
  if (place.width == 0) return;
  if (scan->is_changed) {
    call.TessBaseAPISetImage2_(reader, (struct Pix *)scan->gray);
    scan->is_changed = 0;
  }
  call.TessBaseAPISetVariable_(
      reader, "tessedit_char_whitelist", layout == SHOUBAO_SCAN_FIGURE ? "0123456789.,-—/" : "");
  call.TessBaseAPISetPageSegMode_(reader, modes[layout]);
  call.TessBaseAPISetRectangle_(reader, place.left, place.top, place.width, place.height);
  if (call.TessBaseAPIRecognize_(reader, NULL) != 0) return;
  TessResultIterator *results = call.TessBaseAPIGetIterator_(reader);
  if (results == NULL) return;
  do {
    char *text = call.TessResultIteratorGetUTF8Text_(results, RIL_TEXTLINE);
    int left, top, right, bottom;
    const int is_placed = call.TessPageIteratorBoundingBox_(
        call.TessResultIteratorGetPageIterator_(results), RIL_TEXTLINE, &left, &top, &right, &bottom);
    const shoubao_scan_box box = {left, top, right - left, bottom - top};
    const int stop = text != NULL && is_placed ? line(context, text, &box) : 0;
    call.TessDeleteText_(text);
    if (stop) break;
  } while (call.TessResultIteratorNext_(results, RIL_TEXTLINE));
  call.TessResultIteratorDelete_(results);
}

void shoubao_scan_wipe(shoubao_scan *scan, const shoubao_scan_box *part) {
  const shoubao_scan_box place = on_page(scan, part);
  BOX *box = place.width == 0 ? NULL : call.boxCreate_(place.left, place.top, place.width, place.height);
  if (box == NULL) return;
  call.pixClearInRect_(scan->dark, box);
  // All bits: white.
  call.pixSetInRect_(scan->gray, box);
  call.boxDestroy_(&box);
  scan->is_changed = 1;
}
