package consumer

import io.agora.token.Credentials
import io.agora.token.ErrorCode
import io.agora.token.Expected
import io.agora.token.Grant
import io.agora.token.InputException
import io.agora.token.Issuer
import io.agora.token.Role
import io.agora.token.TokenException
import io.agora.token.User
import io.agora.token.Verifier
import java.time.Duration
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** The package as a Kotlin program uses it. */
class KotlinTest {
    @Test
    fun `tokens are issued, verified and refused`() {
        val credentials = Credentials.fromEnv()
        Issuer(credentials).use { issuer ->
            val grant = Grant.rtc("room", User.fromJson(42), Role.PUBLISHER).andRtm()
            val issued = issuer.issue(grant.withLifetime(Duration.ofMinutes(10)))
            assertEquals(600, issued.expiresAt - issued.issuedAt)
            Verifier(credentials).use { verifier ->
                val verdict = verifier.verify(issued.token, Expected().channel("room").uid(42))
                assertEquals("room", verdict.token?.channel)
                assertFalse(verifier.verdict(issued.token, Expected().uid(43)).isValid)
                val refused = assertThrows<TokenException> { verifier.verify(issued.token, Expected().uid(43)) }
                assertEquals(ErrorCode.USER_MISMATCH, refused.refusals.single().code)
            }
            val error = assertThrows<InputException> { issuer.issue(Grant.rtc("", "alice", Role.PUBLISHER)) }
            assertEquals("channel", error.field)
        }
    }
}
