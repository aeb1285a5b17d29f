// The Linux calls that the Glibc module hides, and calls that must not lose errno on the way.
//
// One plain function a call. Functions named linux_… answer as the kernel does: 0 or more is the result, less than
// 0 is -errno; so no line of Swift can run between a call and the reading of errno. Calls that EINTR may break off
// without effect are made again here.
#pragma once

#include "CLinuxStorage.h"
#include "linux_files.h"
#include "linux_notify.h"
#include "linux_passing.h"
#include "linux_threads.h"
