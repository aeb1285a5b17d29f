#pragma once

#include <zlib.h>

/// Starts a stream without a head of its own, as a ZIP file wants it. Swift cannot call deflateInit2, which is a macro.
static inline int shoubao_deflate_start(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

/// The same for a row of a few kilobytes: with the one code that needs no table of its own, half the time to take it apart.
static inline int shoubao_pack_start(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_FIXED);
}

/// Takes apart what either of them has made.
static inline int shoubao_unpack_start(z_stream *stream) {
  return inflateInit2(stream, -MAX_WBITS);
}
