// A backend on Nest whose users join channels. Its users are logged in already: a JWT of theirs says who they are.
//
//     POST /channels/:channel/token      the token with which the caller joins: {token, issuedAt, expiresAt, refreshAfter}
//     GET  /channels/:channel/recording  for who holds a token of that channel, in the header Agora-Token
//     POST /channels/:channel/invitations {"users": […]}  a token for each of many users, or why there is none
//
// Run it:
//
//     npm ci    # in this folder; the next line takes the tarball from beside the checkout, where README.md packs it
//     npm install --no-save ../../../../agora-token-native-0.1.0.tgz
//     npm run build && npm start
//
// Set AGORA_APP_ID, AGORA_APP_CERTIFICATE and SESSION_SECRET, which signs the JWTs; PORT is 3000 unless set.

import 'reflect-metadata'

import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'

import { AgoraErrorFilter } from './agora-error.filter.js'
import { AgoraModule } from './agora.module.js'
import { ChannelsController } from './channels.controller.js'

@Module({ imports: [AgoraModule], controllers: [ChannelsController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })
app.useGlobalFilters(new AgoraErrorFilter())
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
console.log(await app.getUrl())
