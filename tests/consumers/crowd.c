/* One program with agora_token, zlib, OpenSSL and another Rust library in it. */
#include <agora_token.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

/* neighbour.rs: the number of bytes when `text` is well, 0 when it had to catch a panic. */
size_t neighbour_counts(const char *text);

static int zlib_works(void)
{
    const Bytef text[] = "the program's own zlib";
    Bytef packed[100], unpacked[100];
    uLongf packed_size = sizeof packed, unpacked_size = sizeof unpacked;
    return compress(packed, &packed_size, text, sizeof text) == Z_OK &&
           uncompress(unpacked, &unpacked_size, packed, packed_size) == Z_OK &&
           memcmp(unpacked, text, sizeof text) == 0;
}

static int openssl_works(void)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    return HMAC(EVP_sha256(), "key", 3, (const unsigned char *)"text", 4, digest, &size) != NULL && size == 32;
}

int main(void)
{
    char *json = NULL;
    const agora_status refused = agora_inspect("no token", &json, NULL);
    const int ours = refused != AGORA_OK && json == NULL;
    const int neighbour = neighbour_counts("hello") == 5 && neighbour_counts("panic") == 0;
    printf("ours %d, zlib %d, OpenSSL %d, neighbour %d\n", ours, zlib_works(), openssl_works(), neighbour);
    return ours && zlib_works() && openssl_works() && neighbour ? 0 : 1;
}
