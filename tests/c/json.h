/* A small JSON reader: a document as a tree. Numbers are integers, for the documents here have no others. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } json_kind;

typedef struct json json;
struct json {
    json_kind kind;
    int64_t number;
    char *text;  /* of a string: its bytes, and a NUL behind them */
    size_t size; /* bytes of a string, elements of an array, members of an object */
    char *name;  /* of a member */
    json *first, *last, *next;
};

/* --- making ------------------------------------------------------------------------------------ */

static inline void *json_room(size_t size)
{
    void *room = calloc(1, size);
    if (room == NULL)
        abort();
    return room;
}

static inline char *json_copy(const char *bytes, size_t size)
{
    char *copy = json_room(size + 1);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

static inline json *json_new(json_kind kind)
{
    json *value = json_room(sizeof *value);
    value->kind = kind;
    return value;
}

static inline json *json_number(int64_t number)
{
    json *value = json_new(JSON_NUMBER);
    value->number = number;
    return value;
}

static inline json *json_string(const char *bytes, size_t size)
{
    json *value = json_new(JSON_STRING);
    value->text = json_copy(bytes, size);
    value->size = size;
    return value;
}

static inline json *json_hex(const uint8_t *bytes, size_t size)
{
    json *value = json_new(JSON_STRING);
    value->text = json_room(2 * size + 1);
    value->size = 2 * size;
    for (size_t i = 0; i < size; i++)
        sprintf(value->text + 2 * i, "%02x", bytes[i]);
    return value;
}

/* Appends an element, or a member when there is a name. Gives the child. */
static inline json *json_add(json *parent, const char *name, json *child)
{
    if (name != NULL)
        child->name = json_copy(name, strlen(name));
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->size++;
    return child;
}

static inline void json_free(json *value)
{
    while (value != NULL) {
        json *next = value->next;
        json_free(value->first);
        free(value->text);
        free(value->name);
        free(value);
        value = next;
    }
}

/* --- looking ----------------------------------------------------------------------------------- */

/* The member with this name, or NULL; of NULL it is NULL. */
static inline json *json_get(const json *object, const char *name)
{
    json *member = object != NULL && object->kind == JSON_OBJECT ? object->first : NULL;
    while (member != NULL && strcmp(member->name, name) != 0)
        member = member->next;
    return member;
}

/* Whether two documents say the same; members may stand in any order. Else `where` gets the path to a difference. */
static inline bool json_same(const json *one, const json *other, char *where, size_t room)
{
    if (one == NULL || other == NULL || one->kind != other->kind || one->number != other->number ||
        one->size != other->size || (one->text != NULL && memcmp(one->text, other->text, one->size) != 0)) {
        where[0] = '\0';
        return false;
    }
    const json *place = other->first;
    for (const json *child = one->first; child != NULL; child = child->next) {
        const json *twin = place;
        /* Usually the order is the same, and nothing need be searched. */
        if (child->name != NULL && (twin == NULL || strcmp(twin->name, child->name) != 0))
            twin = json_get(other, child->name);
        if (!json_same(child, twin, where, room)) {
            char *rest = json_copy(where, strlen(where));
            snprintf(where, room, "/%s%s", child->name != NULL ? child->name : "[]", rest);
            free(rest);
            return false;
        }
        place = twin->next;
    }
    return true;
}

/* --- reading ----------------------------------------------------------------------------------- */

/* Reading moves `*at` along a NUL-terminated text. */
static inline json *json_read_value(const char **at, int depth);

static inline bool json_take(const char **at, const char *word)
{
    const size_t size = strlen(word);
    const bool there = strncmp(*at, word, size) == 0;
    *at += there ? size : 0;
    return there;
}

static inline void json_skip_blanks(const char **at)
{
    *at += strspn(*at, " \t\r\n");
}

/* Four hexadecimal digits, or -1. */
static inline int32_t json_read_unit(const char **at)
{
    char digits[5] = "";
    if (strspn(*at, "0123456789abcdefABCDEF") < 4)
        return -1;
    memcpy(digits, *at, 4);
    *at += 4;
    return (int32_t)strtol(digits, NULL, 16);
}

/* What stands after "\u", as UTF-8. Gives its size, or 0 when it is no character. */
static inline size_t json_read_character(const char **at, char *out)
{
    static const unsigned lead[] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    int32_t code = json_read_unit(at);
    if (code >= 0xdc00 && code < 0xe000)
        return 0;
    if (code >= 0xd800 && code < 0xdc00) {
        const int32_t low = json_take(at, "\\u") ? json_read_unit(at) : -1;
        code = low >= 0xdc00 && low < 0xe000 ? 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00) : -1;
    }
    if (code < 0)
        return 0;
    const size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, code /= 0x40)
        out[i] = (char)(0x80 + code % 0x40);
    out[0] = (char)(lead[size] + (unsigned)code);
    return size;
}

static inline json *json_read_string(const char **at)
{
    static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    json *value = json_string("", 0);
    bool good = json_take(at, "\"");
    const char *close = *at;
    while (*close != '"' && *close != '\0')
        close += *close == '\\' && close[1] != '\0' ? 2 : 1;
    free(value->text);
    /* No escape is shorter than what it stands for. */
    value->text = json_room((size_t)(close - *at) + 1);
    while (good && *at < close) {
        char *out = value->text + value->size;
        size_t size = 1;
        if (json_take(at, "\\u")) {
            size = json_read_character(at, out);
        } else if (json_take(at, "\\")) {
            const char *escape = **at != '\0' ? strchr(escapes, *(*at)++) : NULL;
            *out = escape != NULL ? meant[escape - escapes] : '\0';
            size = escape != NULL;
        } else {
            *out = *(*at)++;
            size = (unsigned char)*out >= ' ';
        }
        value->size += size;
        good = size > 0;
    }
    if (!good || !json_take(at, "\"")) {
        json_free(value);
        return NULL;
    }
    return value;
}

static inline json *json_read_number(const char **at)
{
    const char *digits = *at + (**at == '-');
    const size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 18 || (*digits == '0' && count > 1))
        return NULL;
    json *value = json_number(strtoll(*at, NULL, 10));
    *at = digits + count;
    return value;
}

/* What stands between brackets, the opening one being read. */
static inline json *json_read_children(const char **at, int depth, json *parent, const char *closing)
{
    json_skip_blanks(at);
    if (json_take(at, closing))
        return parent;
    for (json *child = parent; child != NULL;) {
        json *name = NULL;
        json_skip_blanks(at);
        if (parent->kind == JSON_OBJECT) {
            name = json_read_string(at);
            json_skip_blanks(at);
        }
        const bool named = name != NULL && strlen(name->text) == name->size && json_take(at, ":");
        child = named || parent->kind == JSON_ARRAY ? json_read_value(at, depth) : NULL;
        if (child != NULL)
            json_add(parent, named ? name->text : NULL, child);
        json_free(name);
        json_skip_blanks(at);
        if (child != NULL && json_take(at, closing))
            return parent;
        if (!json_take(at, ","))
            child = NULL;
    }
    json_free(parent);
    return NULL;
}

static inline json *json_read_value(const char **at, int depth)
{
    json_skip_blanks(at);
    if (depth == 0)
        return NULL;
    if (json_take(at, "{"))
        return json_read_children(at, depth - 1, json_new(JSON_OBJECT), "}");
    if (json_take(at, "["))
        return json_read_children(at, depth - 1, json_new(JSON_ARRAY), "]");
    if (json_take(at, "null"))
        return json_new(JSON_NULL);
    if (json_take(at, "false"))
        return json_new(JSON_FALSE);
    if (json_take(at, "true"))
        return json_new(JSON_TRUE);
    return **at == '"' ? json_read_string(at) : json_read_number(at);
}

/* Reads a whole document; NULL when it is none. */
static inline json *json_read(const char *text)
{
    json *document = json_read_value(&text, 100);
    json_skip_blanks(&text);
    if (document != NULL && *text != '\0') {
        json_free(document);
        document = NULL;
    }
    return document;
}

/* The document in a file; NULL when it cannot be read. */
static inline json *json_read_file(const char *folder, const char *name)
{
    const size_t room = 1 << 22;
    char path[1000], *text = json_room(room);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    const size_t size = file != NULL ? fread(text, 1, room - 1, file) : 0;
    if (file != NULL)
        fclose(file);
    json *document = size < room - 1 && strlen(text) == size ? json_read(text) : NULL;
    free(text);
    return document;
}

#endif
