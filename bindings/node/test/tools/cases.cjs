// What both test runners run: values that cross between the realm of a test and that of Node.

const agora = require('agora-token-native')

const credentials = { appId: '970CA35de60c44645bbae8a215061b33', appCertificate: '5CFd2fd1755d40ecb72977518be15d3b' }
const grant = { channel: 'room', uid: 42, role: 'publisher' }

module.exports = (test, expect) => {
    const issuer = new agora.Issuer(credentials)
    const verifier = new agora.Verifier(credentials)

    test('a token is minted and verified', () => {
        expect(verifier.verify(issuer.issue(grant).token, { channel: 'room', uid: 42 }).valid).toBe(true)
    })

    test('many tokens are minted, and errors are those of the package', async () => {
        const rows = await issuer.issueMany([42, 0], { channel: 'room', role: 'publisher' })
        expect(rows[0]).toBeInstanceOf(agora.IssuedToken)
        expect(rows[1].error).toBeInstanceOf(agora.InputError)
        const [row] = await issuer.issueMany([grant])
        expect(verifier.verdict(row.token).valid).toBe(true)
        expect(() => verifier.verify('x')).toThrow(agora.VerificationError)
        expect(() => verifier.verify('x')).toThrow(Error)
    })

    test('dates, buffers and promises are told apart', () => {
        const frozen = new agora.Issuer({ ...credentials, clock: new Date(1700000000000), salt: 12345678 })
        expect(frozen.issue(grant).issuedAt).toBe(1700000000)
        const late = new agora.Verifier({ ...credentials, clock: new Date(1700003600000) })
        expect(late.verdict(frozen.issue(grant).token).refusals[0].code).toBe('TOKEN_EXPIRED')
        const bytes = new agora.ServiceRtc(Buffer.from([255]), new Uint8Array([254]))
        const token = new agora.AccessToken2(credentials.appId, credentials.appCertificate).addService(bytes).build()
        const [service] = agora.AccessToken2.parse(token).services
        expect([...service.channelName, ...service.account]).toEqual([255, 254])
        expect(() => verifier.verdict(token, Promise.resolve({ uid: 7 }))).toThrow(agora.ConfigurationError)
    })
}
