// The token server of Agora's guide: POST /fetch_rtc_token {"uid": 42, "ChannelName": "room", "role": 1} answers
// {"token": "007…", "code": "200"}, or what is wrong in place of the token, and the HTTP status as the code.
//
// It asks nobody who they are, so it listens on the loopback interface only: for more, see `agora-token serve`.
//
//	CGO_ENABLED=0 go run ./token_server
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; PORT is 8082 and AGORA_TOKEN_LIFETIME 3600 seconds unless set.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
	"unicode/utf8"

	"agora-token.example/agoratoken"
)

const largestBody = 64 << 10

// request is what a client asks for. What is not there stays nil.
type request struct {
	UID         *uint32          `json:"uid"`
	ChannelName *string          `json:"ChannelName"`
	Role        *agoratoken.Role `json:"role"`
}

type server struct {
	issuer   *agoratoken.Issuer
	lifetime time.Duration
}

func main() {
	issuer, err := agoratoken.IssuerFromEnv()
	if err != nil {
		log.Fatal(err)
	}
	seconds, err := strconv.Atoi(cmp.Or(os.Getenv("AGORA_TOKEN_LIFETIME"), "3600"))
	if err != nil {
		log.Fatal("AGORA_TOKEN_LIFETIME is no number of seconds")
	}
	s := server{issuer, time.Duration(seconds) * time.Second}
	// Says what is wrong with the lifetime now, not at a request.
	if _, err := s.issue("room", 1, agoratoken.Publisher); err != nil {
		log.Fatal(err)
	}
	serve(&http.Server{
		// No mux, which would answer other spellings of the path with a redirection.
		Handler:           http.HandlerFunc(s.fetchRTCToken),
		Addr:              "127.0.0.1:" + cmp.Or(os.Getenv("PORT"), "8082"),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
	})
}

// serve ends at SIGTERM, when what was asked is answered.
func serve(server *http.Server) {
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		log.Printf("listening on http://%s", server.Addr)
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-stopped.Done()
	patience, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		log.Print(err)
	}
}

func (s server) issue(channel string, uid uint32, role agoratoken.Role) (string, error) {
	grant := agoratoken.RTC(channel, agoratoken.UID(uid), role).WithLifetime(s.lifetime)
	issued, err := s.issuer.Issue(grant)
	return issued.Token, err
}

func (s server) fetchRTCToken(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Access-Control-Allow-Methods", "POST, OPTIONS")
	header.Set("Access-Control-Allow-Headers", "content-type, authorization")
	header.Set("Cache-Control", "no-store")
	if r.URL.EscapedPath() != "/fetch_rtc_token" {
		answer(w, http.StatusNotFound, "only /fetch_rtc_token is here")
		return
	}
	switch r.Method {
	case http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
		return
	case http.MethodPost:
	default:
		header.Set("Allow", "POST, OPTIONS")
		answer(w, http.StatusMethodNotAllowed, "POST is expected")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		answer(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the body has more than %d bytes", largestBody))
		return
	case err != nil:
		answer(w, http.StatusBadRequest, "the body did not arrive")
		return
	}
	var asked request
	if err := json.Unmarshal(body, &asked); err != nil || !utf8.Valid(body) {
		answer(w, http.StatusBadRequest, badBody(err))
		return
	}
	switch {
	case asked.UID == nil || asked.ChannelName == nil || asked.Role == nil:
		answer(w, http.StatusBadRequest, "the body must be a JSON object of uid, ChannelName and role")
	case *asked.UID == 0:
		answer(w, http.StatusForbidden, "uid 0 would let in any user")
	case *asked.ChannelName == "*":
		answer(w, http.StatusForbidden, `ChannelName "*" would let into any channel`)
	default:
		s.mint(w, asked)
	}
}

func (s server) mint(w http.ResponseWriter, asked request) {
	token, err := s.issue(*asked.ChannelName, *asked.UID, *asked.Role)
	var refusal *agoratoken.Error
	switch {
	case err == nil:
		answer(w, http.StatusOK, token)
	case errors.As(err, &refusal) && refusal.Fault() == agoratoken.FaultCaller:
		field := refusal.Field
		if field == "channel" {
			field = "ChannelName"
		}
		answer(w, refusal.Code.HTTPStatus(), field+" "+refusal.Reason)
	default:
		log.Print(err)
		answer(w, http.StatusInternalServerError, "no token could be made")
	}
}

// badBody names the field that has another type.
func badBody(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fmt.Sprintf("%s is %s, %s expected", wrong.Field, wrong.Value, wrong.Type)
	}
	return "the body must be a JSON object of uid, ChannelName and role"
}

// answer has the shape that the guide's clients read.
func answer(w http.ResponseWriter, status int, token string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"token": token, "code": strconv.Itoa(status)})
}
