// A WASI command around QuickJS: {"script": "...", "args": ...} on stdin, where the script defines main(args), gives
// what main returned, as JSON, on stdout. What is thrown goes to stderr; the exit code is 1 then.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quickjs.h"

static const char START[] = "const call = JSON.parse(input); (0, eval)(call.script); JSON.stringify(main(call.args))";

static char *read_input(size_t *length) {
  size_t room = 65536;
  char *text = malloc(room);
  *length = 0;
  for (size_t count; text != NULL && (count = fread(text + *length, 1, room - *length - 1, stdin)) > 0;) {
    *length += count;
    if (room - *length == 1) {
      room *= 2;
      text = realloc(text, room);
    }
  }
  return text;
}

static JSValue print_log(JSContext *context, JSValueConst self, int count, JSValueConst *values) {
  for (int i = 0; i < count; i++) {
    const char *text = JS_ToCString(context, values[i]);
    fprintf(stderr, i == 0 ? "%s" : " %s", text == NULL ? "?" : text);
    JS_FreeCString(context, text);
  }
  fputc('\n', stderr);
  return JS_UNDEFINED;
}

static int fail(JSContext *context) {
  JSValue thrown = JS_GetException(context);
  print_log(context, JS_UNDEFINED, 1, &thrown);
  return 1;
}

int main(void) {
  size_t length;
  char *input = read_input(&length);
  JSContext *context = JS_NewContext(JS_NewRuntime());
  if (input == NULL || context == NULL) return 1;
  JSValue global = JS_GetGlobalObject(context);
  JS_SetPropertyStr(context, global, "input", JS_NewStringLen(context, input, length));
  JS_SetPropertyStr(context, global, "print", JS_NewCFunction(context, print_log, "print", 1));
  JSValue result = JS_Eval(context, START, strlen(START), "start", JS_EVAL_TYPE_GLOBAL);
  if (JS_IsException(result)) return fail(context);
  const char *json = JS_ToCString(context, result);
  if (json == NULL) return fail(context);
  fputs(json, stdout);
  return 0;
}
