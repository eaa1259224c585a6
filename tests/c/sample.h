/* The App ID and certificates that the tests sign with; the first pair is the one of the official test suites. */
#ifndef SAMPLE_H
#define SAMPLE_H

#define APP_ID "970CA35de60c44645bbae8a215061b33"
#define CERTIFICATE "5CFd2fd1755d40ecb72977518be15d3b"
#define OTHER_APP_ID "00000000000000000000000000000001"
#define OTHER_CERTIFICATE "00000000000000000000000000000002"

#endif
