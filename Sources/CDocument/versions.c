#include "CDocument.h"

#include <libxml/parser.h>

const char *shoubao_xml_version(void) { return xmlParserVersion; }
