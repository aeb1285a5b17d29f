#include "CDocument.h"

#include <archive.h>
#include <libxml/parser.h>

const char *shoubao_xml_version(void) { return xmlParserVersion; }

const char *shoubao_archive_version(void) { return archive_version_details(); }
