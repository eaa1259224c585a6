/* The reader that the other programs trust. */
#include "json.h"
#include "check.h"

static void reads(const char *text, json *expected)
{
    char where[200] = "";
    json *found = json_read(text);
    case_begin("%s", text);
    CHECK(found != NULL);
    check_that(json_same(expected, found, where, sizeof where), __FILE__, __LINE__, "%s differs", where);
    case_end();
    json_free(expected);
    json_free(found);
}

static void refuses(const char *text)
{
    json *found = json_read(text);
    case_begin("refuse %s", text);
    CHECK(found == NULL);
    case_end();
    json_free(found);
}

static void differs(const char *one, const char *other, const char *expected)
{
    char where[200] = "";
    json *left = json_read(one), *right = json_read(other);
    case_begin("%s and %s", one, other);
    CHECK(left != NULL && right != NULL && !json_same(left, right, where, sizeof where));
    CHECK_TEXT(expected, where);
    case_end();
    json_free(left);
    json_free(right);
}

int main(void)
{
    reads(" null ", json_new(JSON_NULL));
    reads("true", json_new(JSON_TRUE));
    reads("false", json_new(JSON_FALSE));
    reads("0", json_number(0));
    reads("-32768", json_number(-32768));
    reads("8589934590", json_number(INT64_C(8589934590)));
    reads("\"\"", json_string("", 0));
    reads("\"plain \xc3\xa9\"", json_string("plain \xc3\xa9", 8));
    reads("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", json_string("\"\\/\b\f\n\r\t", 8));
    reads("\"a\\u0000b\"", json_string("a\0b", 3));
    reads("\"\\u007f\\u0080\\u07FF\\u0800\\uffff\"", json_string("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf", 11));
    reads("\"\\ud83d\\ude00\\udbff\\udfff\"", json_string("\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf", 8));
    reads("[]", json_new(JSON_ARRAY));
    reads("{ }", json_new(JSON_OBJECT));

    json *list = json_new(JSON_ARRAY);
    json_add(list, NULL, json_number(1));
    json_add(json_add(list, NULL, json_new(JSON_OBJECT)), "k", json_string("v", 1));
    reads("[ 1 ,\n{ \"k\" : \"v\" } ]", list);
    json *object = json_new(JSON_OBJECT);
    json_add(object, "a", json_number(1));
    json_add(object, "b", json_number(2));
    reads("{\"b\": 2, \"a\": 1}", object);

    static const char *const wrong[] = {
        "",
        "nul",
        "nullx",
        "1 2",
        "01",
        "-",
        "1.5",
        "1e3",
        "+1",
        "1234567890123456789",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"a\nb\"",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1]",
        "[1}",
        "{\"a\\u0000b\":1}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        refuses(wrong[i]);
    char deep[300];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    refuses(deep);

    differs("1", "2", "");
    differs("1", "\"1\"", "");
    differs("[1,2]", "[1,3]", "/[]");
    differs("[1,2]", "[1]", "");
    differs("{\"a\":[{\"b\":\"x\"}]}", "{\"a\":[{\"b\":\"y\"}]}", "/a/[]/b");
    differs("{\"a\":1}", "{\"b\":1}", "/a");
    return summary();
}
