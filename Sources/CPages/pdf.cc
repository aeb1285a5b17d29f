#include "CPages.h"

#include <cmath>
#include <memory>
#include <mutex>
#include <optional>

#include <Annot.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <Stream.h>
#include <splash/SplashBitmap.h>

// Poppler's core, not its GLib or C++ wrapping: neither of them tells where a table's lines are drawn.

namespace {

/// Takes what is drawn on a page: characters, ruled lines, pictures. Nothing is rendered, no font is loaded.
class Pen final : public OutputDev {
public:
  Pen(const shoubao_pdf_handler *handler, void *context) : handler(handler), context(context) {}

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  // Patterns and shadings are said to be done, so that nobody draws them stroke by stroke.
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int) override { return true; }
  bool tilingPatternFill(
      GfxState *, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int, double,
      double) override {
    return true;
  }
  bool functionShadedFill(GfxState *, GfxFunctionShading *) override { return true; }
  bool axialShadedFill(GfxState *, GfxAxialShading *, double, double) override { return true; }
  bool radialShadedFill(GfxState *, GfxRadialShading *, double, double) override { return true; }
  bool gouraudTriangleShadedFill(GfxState *, GfxGouraudTriangleShading *) override { return true; }
  bool patchMeshShadedFill(GfxState *, GfxPatchMeshShading *) override { return true; }

  void drawChar(
      GfxState *state, double x, double y, double dx, double dy, double originX, double originY,
      CharCode code, int byteCount, const Unicode *unicode, int length) override {
    // Letters without ink lie over a scan, as somebody's program read them: the page shows the scan.
    if ((state->getRender() & 3) == 3) return;
    double spacing = state->getCharSpace();
    if (byteCount == 1 && code == 0x20) spacing += state->getWordSpace();
    dx -= spacing * state->getHorizScaling();
    double left, baseline, across, along;
    state->transform(x - originX, y - originY, &left, &baseline);
    state->transformDelta(dx, dy, &across, &along);
    double matrix[4];
    state->getFontTransMat(&matrix[0], &matrix[1], &matrix[2], &matrix[3]);
    // From the baseline upwards, as high as the type.
    const double upX = matrix[2], upY = matrix[3];
    const double xs[] = {left + 0.85 * upX, left - 0.15 * upX};
    const double ys[] = {baseline + 0.85 * upY, baseline - 0.15 * upY};
    const shoubao_pdf_box box = {
        std::fmin(xs[0], xs[1]) + std::fmin(0, across), std::fmin(ys[0], ys[1]) + std::fmin(0, along),
        std::fmax(xs[0], xs[1]) + std::fmax(0, across), std::fmax(ys[0], ys[1]) + std::fmax(0, along)};
    if (!std::isfinite(box.left + box.top + box.right + box.bottom)) return;
    // A glyph that stands for no known character is a character nobody can read, not none.
    if (length == 0) emit(0xFFFD, box);
    // A ligature's letters share its width.
    for (int i = 0; i < length; i++) {
      const double width = (box.right - box.left) / length;
      emit(unicode[i], {box.left + i * width, box.top, box.left + (i + 1) * width, box.bottom});
    }
  }

  void stroke(GfxState *state) override {
    GfxRGB colour;
    state->getStrokeRGB(&colour);
    if (isWhite(colour) || state->getStrokeOpacity() == 0) return;
    const GfxPath *path = state->getPath();
    for (int i = 0; i < path->getNumSubpaths(); i++) {
      const GfxSubpath *part = path->getSubpath(i);
      for (int j = 1; j < part->getNumPoints(); j++) {
        if (part->getCurve(j - 1) || part->getCurve(j)) continue;
        double x1, y1, x2, y2;
        state->transform(part->getX(j - 1), part->getY(j - 1), &x1, &y1);
        state->transform(part->getX(j), part->getY(j), &x2, &y2);
        emitRule(x1, y1, x2, y2);
      }
    }
  }

  void fill(GfxState *state) override {
    GfxRGB colour;
    state->getFillRGB(&colour);
    if (isWhite(colour) || state->getFillOpacity() == 0) return;
    const GfxPath *path = state->getPath();
    for (int i = 0; i < path->getNumSubpaths(); i++) {
      const GfxSubpath *part = path->getSubpath(i);
      // Many writers draw a line as a thin box.
      double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
      for (int j = 0; j < part->getNumPoints(); j++) {
        double x, y;
        state->transform(part->getX(j), part->getY(j), &x, &y);
        left = std::fmin(left, x), right = std::fmax(right, x);
        top = std::fmin(top, y), bottom = std::fmax(bottom, y);
      }
      const double width = right - left, height = bottom - top;
      if (std::fmin(width, height) > thickest) continue;
      if (width > height)
        emitRule(left, (top + bottom) / 2, right, (top + bottom) / 2);
      else
        emitRule((left + right) / 2, top, (left + right) / 2, bottom);
    }
  }

  void eoFill(GfxState *state) override { fill(state); }

  // A drawn picture is counted, never unpacked; one that stands in the page's own stream has to be stepped over.
  void drawImage(
      GfxState *state, Object *ref, Stream *stream, int width, int height, GfxImageColorMap *map,
      bool interpolate, const int *mask, bool isInline) override {
    images++;
    if (isInline)
      OutputDev::drawImage(state, ref, stream, width, height, map, interpolate, mask, isInline);
  }
  void drawImageMask(
      GfxState *state, Object *ref, Stream *stream, int width, int height, bool invert,
      bool interpolate, bool isInline) override {
    images++;
    if (isInline)
      OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, isInline);
  }
  void setSoftMaskFromImageMask(
      GfxState *, Object *, Stream *, int, int, bool, bool, double *) override {}
  void drawMaskedImage(
      GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int, bool,
      bool) override {
    images++;
  }
  void drawSoftMaskedImage(
      GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int,
      GfxImageColorMap *, bool) override {
    images++;
  }

  int images = 0;
  bool isStopped = false;

private:
  /// Points; a box thicker than this is an area.
  static constexpr double thickest = 3;

  static bool isWhite(const GfxRGB &colour) {
    const double most = 0.97;
    return colToDbl(colour.r) > most && colToDbl(colour.g) > most && colToDbl(colour.b) > most;
  }

  void emit(Unicode character, const shoubao_pdf_box &box) {
    if (!isStopped) isStopped = handler->character(context, character, &box) != 0;
  }

  /// Only what goes straight across or straight down can rule a table.
  void emitRule(double x1, double y1, double x2, double y2) {
    const double width = std::fabs(x2 - x1), height = std::fabs(y2 - y1);
    if (isStopped || !std::isfinite(width + height) || std::fmin(width, height) > 0.5) return;
    const shoubao_pdf_box box = {
        std::fmin(x1, x2), std::fmin(y1, y2), std::fmax(x1, x2), std::fmax(y1, y2)};
    isStopped = handler->rule(context, &box) != 0;
  }

  const shoubao_pdf_handler *handler;
  void *context;
};

bool isAborted(void *data) { return static_cast<Pen *>(data)->isStopped; }

void prepare() {
  static std::once_flag once;
  std::call_once(once, [] {
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback([](ErrorCategory, Goffset, const char *) {});
  });
}

/// Belongs to the document that it is given to.
BaseStream *stream(const void *bytes, size_t length) {
  return new MemStream(static_cast<const char *>(bytes), 0, static_cast<Goffset>(length), Object(objNull));
}

} // namespace

shoubao_pdf_result shoubao_pages_read(
    const void *bytes, size_t length, int page_limit, const shoubao_pdf_handler *handler,
    void *context) {
  prepare();
  PDFDoc document(stream(bytes, length));
  if (!document.isOk())
    return document.getErrorCode() == errEncrypted ? SHOUBAO_PDF_ENCRYPTED : SHOUBAO_PDF_BROKEN;
  const int pages = document.getNumPages();
  if (pages > page_limit) return SHOUBAO_PDF_TOO_LONG;
  for (int number = 1; number <= pages; number++) {
    if (document.getPage(number) == nullptr) return SHOUBAO_PDF_BROKEN;
    Pen pen(handler, context);
    if (handler->page(context, number) != 0) return SHOUBAO_PDF_STOPPED;
    // 72 to the inch: points. The page's own rotation is applied. Of what lies on the page, filled-in fields and typed
    // notes are part of what is seen.
    document.displayPage(
        &pen, number, 72, 72, 0, true, false, false, isAborted, &pen,
        [](Annot *annotation, void *) {
          return annotation->getType() == Annot::typeWidget || annotation->getType() == Annot::typeFreeText;
        },
        nullptr);
    if (pen.isStopped || handler->page_end(context, pen.images) != 0) return SHOUBAO_PDF_STOPPED;
  }
  return SHOUBAO_PDF_DONE;
}

shoubao_pdf_result shoubao_pages_render(
    const void *bytes, size_t length, int number, double dpi, size_t pixel_limit,
    const shoubao_pdf_canvas *canvas, void *context) {
  prepare();
  PDFDoc document(stream(bytes, length));
  if (!document.isOk() || document.getPage(number) == nullptr) return SHOUBAO_PDF_BROKEN;
  const double inches = document.getPageCropWidth(number) / 72 * document.getPageCropHeight(number) / 72;
  if (!std::isfinite(inches) || inches <= 0) return SHOUBAO_PDF_BROKEN;
  dpi = std::fmin(dpi, std::sqrt(static_cast<double>(pixel_limit) / inches));
  SplashColor paper = {255};
  SplashOutputDev output(splashModeMono8, 1, false, paper);
  output.startDoc(&document);
  document.displayPage(&output, number, dpi, dpi, 0, false, true, false);
  SplashBitmap *bitmap = output.getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr) return SHOUBAO_PDF_BROKEN;
  const shoubao_pdf_bitmap picture = {
      bitmap->getDataPtr(), bitmap->getWidth(), bitmap->getHeight(), bitmap->getRowSize(), dpi};
  return canvas->page(context, &picture) == 0 ? SHOUBAO_PDF_DONE : SHOUBAO_PDF_STOPPED;
}
