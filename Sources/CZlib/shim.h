#pragma once

#include <zlib.h>

/// Starts a stream without a head of its own, as a ZIP file wants it. Swift cannot call deflateInit2, which is a macro.
static inline int shoubao_deflate_start(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
