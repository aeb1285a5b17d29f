#pragma once

#include <stddef.h>

/// flock(2), exclusive, without waiting: -EWOULDBLOCK when another open file has it.
int linux_lock_file(int descriptor);
/// Whether another open file has an exclusive flock(2). Holds a shared one until the descriptor is closed: close it at once.
int linux_is_locked(int descriptor);
/// write(2), made again until everything is written.
int linux_write_all(int descriptor, const void *bytes, size_t size);
