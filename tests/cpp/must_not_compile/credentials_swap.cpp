// App ID and App Certificate swapped: every token would show the certificate.
// expect: Credentials
#include <agora_token.hpp>

agora::Credentials credentials(const agora::AppId &app_id, const agora::AppCertificate &app_certificate) {
#ifdef MUST_NOT_COMPILE
  return agora::Credentials(app_certificate, app_id);
#else
  return agora::Credentials(app_id, app_certificate);
#endif
}
