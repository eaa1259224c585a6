// The issuer and the verifier as providers, made once: what is wrong with the credentials ends the start.

import { Module } from '@nestjs/common'
import { Issuer, Verifier } from 'agora-token-native'

@Module({
    providers: [
        { provide: Issuer, useFactory: () => Issuer.fromEnv() },
        { provide: Verifier, useFactory: () => Verifier.fromEnv({ leeway: 10 }) },
    ],
    exports: [Issuer, Verifier],
})
export class AgoraModule {}
