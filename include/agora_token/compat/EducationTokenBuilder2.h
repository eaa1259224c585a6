/// \file EducationTokenBuilder2.h
/// The official EducationTokenBuilder2 (007): the older name of ApaasTokenBuilder, the same in all else.
#ifndef AGORA_TOKEN_COMPAT_EDUCATION_TOKEN_BUILDER2_H
#define AGORA_TOKEN_COMPAT_EDUCATION_TOKEN_BUILDER2_H

#include "ApaasTokenBuilder.h"

namespace agora {
namespace tools {

/// Builds Education tokens; see ApaasTokenBuilder.
class EducationTokenBuilder2 : public ApaasTokenBuilder {};

}  // namespace tools
}  // namespace agora

#endif
