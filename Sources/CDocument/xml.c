#include "CDocument.h"

#include <limits.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

// No tree, no network, no document type: a part of an office file has none, so entities cannot grow or lead outside, and
// those of XML itself (&amp;) can be replaced.

enum { ATTRIBUTE_LIMIT = 64 };

typedef struct {
  const shoubao_xml_handler *handler;
  void *context;
  xmlParserCtxtPtr parser;
  int depth;
  int depth_limit;
  shoubao_xml_result stopped;
} run_state;

static void stop(run_state *run, shoubao_xml_result why) {
  run->stopped = why;
  xmlStopParser(run->parser);
}

static void on_start(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
    const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
  (void)prefix, (void)uri, (void)namespaces, (void)declared, (void)defaulted;
  run_state *run = context;
  if (run->stopped) return;
  if (++run->depth > run->depth_limit) {
    stop(run, SHOUBAO_XML_TOO_DEEP);
    return;
  }
  shoubao_xml_attribute taken[ATTRIBUTE_LIMIT];
  int number = count < ATTRIBUTE_LIMIT ? count : ATTRIBUTE_LIMIT;
  for (int i = 0; i < number; i++) {
    const xmlChar **attribute = attributes + 5 * i;
    taken[i] = (shoubao_xml_attribute){
        .name = (const char *)attribute[0],
        .value = (const char *)attribute[3],
        .length = (size_t)(attribute[4] - attribute[3])};
  }
  if (run->handler->start(run->context, (const char *)name, taken, number) != 0)
    stop(run, SHOUBAO_XML_STOPPED);
}

static void on_end(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)prefix, (void)uri;
  run_state *run = context;
  if (run->stopped) return;
  run->depth--;
  if (run->handler->end(run->context, (const char *)name) != 0) stop(run, SHOUBAO_XML_STOPPED);
}

static void on_text(void *context, const xmlChar *text, int length) {
  run_state *run = context;
  if (run->stopped || length <= 0) return;
  if (run->handler->text(run->context, (const char *)text, (size_t)length) != 0)
    stop(run, SHOUBAO_XML_STOPPED);
}

static void on_doctype(
    void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
  (void)name, (void)external, (void)system;
  stop(context, SHOUBAO_XML_HAS_DOCTYPE);
}

shoubao_xml_result shoubao_xml_parse(
    const char *bytes, size_t length, int depth_limit, const shoubao_xml_handler *handler,
    void *context) {
  if (length > INT_MAX) return SHOUBAO_XML_NO_MEMORY;
  if (length == 0) return SHOUBAO_XML_BROKEN;
  xmlParserCtxtPtr parser = xmlNewParserCtxt();
  if (parser == NULL) return SHOUBAO_XML_NO_MEMORY;
  run_state run = {
      .handler = handler, .context = context, .parser = parser, .depth_limit = depth_limit};
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->sax->startElementNs = on_start;
  parser->sax->endElementNs = on_end;
  parser->sax->characters = on_text;
  parser->sax->ignorableWhitespace = on_text;
  parser->sax->cdataBlock = on_text;
  parser->sax->internalSubset = on_doctype;
  parser->userData = &run;
  // HUGE lifts libxml2's limits on depth and on the length of text, which this module and its caller set themselves.
  xmlDocPtr tree = xmlCtxtReadMemory(
      parser, bytes, (int)length, NULL, NULL,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE |
          XML_PARSE_NOENT);
  if (tree) xmlFreeDoc(tree);
  shoubao_xml_result result = SHOUBAO_XML_DONE;
  const xmlError *error = xmlCtxtGetLastError(parser);
  if (run.stopped) {
    result = run.stopped;
  } else if (error && error->code == XML_ERR_NO_MEMORY) {
    result = SHOUBAO_XML_NO_MEMORY;
  } else if (!parser->wellFormed) {
    result = SHOUBAO_XML_BROKEN;
  }
  xmlFreeParserCtxt(parser);
  return result;
}
