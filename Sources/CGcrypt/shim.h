#pragma once

#include <gcrypt.h>

/// Makes the library ready, unless another library of the process (libsystemd) has done so. Swift cannot call
/// gcry_control, which is variadic.
static inline void shoubao_gcrypt_start(void) {
  if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) return;
  gcry_check_version(0);
  gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
  gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
}
