#include "CDocument.h"

#include <limits.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

// libxml2's own tree is not built: its limit of 256 levels belongs to the tree, and a page pasted from a word
// processor with tags left open comes near it. So the depth is counted here.

typedef struct {
  const shoubao_html_handler *handler;
  void *context;
  xmlParserCtxtPtr parser;
  int depth;
  int depth_limit;
  int stopped;
  int too_deep;
} run_state;

static void stop(run_state *run) {
  run->stopped = 1;
  xmlStopParser(run->parser);
}

static void take(shoubao_html_attributes *into, const char *name, const char *value) {
  // An attribute without a value stands for the empty text.
  const char *text = value ? value : "";
  if (strcmp(name, "style") == 0) {
    into->style = text;
  } else if (strcmp(name, "class") == 0) {
    into->classes = text;
  } else if (strcmp(name, "id") == 0) {
    into->identity = text;
  } else if (strcmp(name, "hidden") == 0) {
    into->hidden = 1;
  } else if (strcmp(name, "alt") == 0) {
    into->alt = text;
  } else if (strcmp(name, "colspan") == 0) {
    into->colspan = text;
  } else if (strcmp(name, "height") == 0) {
    into->height = text;
  } else if (strcmp(name, "rowspan") == 0) {
    into->rowspan = text;
  } else if (strcmp(name, "src") == 0 || strcmp(name, "data") == 0) {
    into->src = text;
  } else if (strcmp(name, "title") == 0) {
    into->title = text;
  } else if (strcmp(name, "type") == 0) {
    into->type = text;
  } else if (strcmp(name, "value") == 0) {
    into->value = text;
  } else if (strcmp(name, "width") == 0) {
    into->width = text;
  }
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  run_state *run = context;
  if (run->stopped) return;
  if (++run->depth > run->depth_limit) {
    run->too_deep = 1;
    stop(run);
    return;
  }
  shoubao_html_attributes taken = {0};
  for (; attributes && attributes[0]; attributes += 2)
    take(&taken, (const char *)attributes[0], (const char *)attributes[1]);
  if (run->handler->start(run->context, (const char *)name, &taken) != 0) stop(run);
}

static void on_end(void *context, const xmlChar *name) {
  run_state *run = context;
  if (run->stopped) return;
  run->depth--;
  if (run->handler->end(run->context, (const char *)name) != 0) stop(run);
}

static void on_text(void *context, const xmlChar *text, int length) {
  run_state *run = context;
  if (run->stopped || length <= 0) return;
  if (run->handler->text(run->context, (const char *)text, (size_t)length) != 0) stop(run);
}

shoubao_html_result shoubao_html_parse(
    const char *utf8, size_t length, int depth_limit, const shoubao_html_handler *handler,
    void *context, int *detail) {
  if (detail) *detail = 0;
  if (length > INT_MAX) return SHOUBAO_HTML_NO_MEMORY;
  // libxml2 takes an empty source for a wrong argument.
  if (length == 0) return SHOUBAO_HTML_DONE;

  htmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (parser == NULL) return SHOUBAO_HTML_NO_MEMORY;
  run_state run = {
      .handler = handler, .context = context, .parser = parser, .depth_limit = depth_limit};

  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->startElement = on_start;
  parser->sax->endElement = on_end;
  parser->sax->characters = on_text;
  parser->sax->ignorableWhitespace = on_text;
  parser->userData = &run;
  // The text of scripts and styles goes to cdataBlock, which nobody wants.

  htmlDocPtr tree = htmlCtxtReadMemory(
      parser, utf8, (int)length, NULL, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
  if (tree) xmlFreeDoc(tree);

  shoubao_html_result result = SHOUBAO_HTML_DONE;
  const xmlError *error = xmlCtxtGetLastError(parser);
  if (run.too_deep) {
    result = SHOUBAO_HTML_TOO_DEEP;
  } else if (run.stopped) {
    result = SHOUBAO_HTML_STOPPED;
  } else if (error && error->code == XML_ERR_NO_MEMORY) {
    result = SHOUBAO_HTML_NO_MEMORY;
  } else if (parser->disableSAX || (error && error->level == XML_ERR_FATAL)) {
    // An ordinary page from a word processor leaves errors ("tag o:p invalid"), never a fatal one.
    result = SHOUBAO_HTML_HALTED;
  }
  if (error && detail) *detail = error->code;
  htmlFreeParserCtxt(parser);
  return result;
}
