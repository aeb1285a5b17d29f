#include "CDocument.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "beside.h"

// libarchive brings five libraries with it that text and pages do not need, and whose loading takes longer than reading those
// does: they are loaded when they are needed.

// Weak: there in a program that has the library inside.
#define FUNCTIONS(use) use(version) use(prepare) use(zip) use(read)
__attribute__((weak)) const char *shoubao_archives_version(void);
__attribute__((weak)) void shoubao_archives_prepare(void);
__attribute__((weak)) shoubao_zip_result shoubao_archives_zip(
    const void *bytes, size_t length, const shoubao_zip_handler *handler, void *context);
__attribute__((weak)) shoubao_archive_result shoubao_archives_read(
    const void *bytes, size_t length, shoubao_archive_kind kind,
    const shoubao_archive_handler *handler, void *context);

#define DECLARE(name) __typeof__(&shoubao_archives_##name) name;
static struct { FUNCTIONS(DECLARE) } call;

static void load(void) {
  if (shoubao_archives_read != NULL) {
#define INSIDE(name) call.name = shoubao_archives_##name;
    FUNCTIONS(INSIDE)
    return;
  }
  static const char name[] = "libshoubao-archives.so";
  void *loaded = shoubao_library_beside(name);
  int missing = loaded == NULL;
#define FROM(name) \
  if (!missing) \
    missing = (call.name = (__typeof__(call.name))dlsym(loaded, "shoubao_archives_" #name)) == NULL;
  FUNCTIONS(FROM)
  if (!missing) return;
  // As the linker does with a library that is not there: most of what comes could not be read, and would be called broken.
  const char *why = dlerror();
  fprintf(stderr, "%s: %s\n", name, why == NULL ? "not beside the program" : why);
  exit(127);
}

static void need(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
}

const char *shoubao_archive_version(void) {
  need();
  return call.version();
}

void shoubao_archive_prepare(void) {
  need();
  call.prepare();
}

shoubao_zip_result shoubao_zip_read(
    const void *bytes, size_t length, const shoubao_zip_handler *handler, void *context) {
  need();
  return call.zip(bytes, length, handler, context);
}

shoubao_archive_result shoubao_archive_read(
    const void *bytes, size_t length, shoubao_archive_kind kind,
    const shoubao_archive_handler *handler, void *context) {
  need();
  return call.read(bytes, length, kind, handler, context);
}
