#!/bin/sh
# Programs that ask pkg-config, in the three ways to link: the shared library, the static one in an
# otherwise dynamic program, and everything static. Takes the folder for the programs.
set -eu
source=$(dirname "$0")/..
flags="-Wall -Wextra -Werror"
pkg_config=${PKG_CONFIG:-pkg-config}

for language in c cpp; do
    case $language in
        c) compiler=${CC:-cc} ;;
        cpp) compiler="${CXX:-c++} -std=c++17" ;;
    esac
    program=$1/$language

    # Word splitting is what these variables are for.
    # shellcheck disable=SC2046,SC2086
    {
        $compiler $flags "$source/consumer.$language" -o "${program}_shared" $($pkg_config --cflags --libs agora_token)
        $compiler $flags "$source/consumer.$language" -o "${program}_embedded" \
            $($pkg_config --cflags --libs agora_token-static)
        $compiler $flags "$source/consumer.$language" -o "${program}_static" \
            -static $($pkg_config --cflags --libs agora_token-static)
    }
done
