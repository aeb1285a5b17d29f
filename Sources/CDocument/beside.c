#define _GNU_SOURCE
#include "beside.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void *shoubao_library_beside(const char *name) {
  char program[PATH_MAX], path[PATH_MAX + NAME_MAX];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (length <= 0) return NULL;
  program[length] = 0;
  char *end = strrchr(program, '/');
  if (end == NULL) return NULL;
  *end = 0;
  snprintf(path, sizeof path, "%s/%s", program, name);
  return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}
