package wechat

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// cookie is one cookie with where it came from, so that a session that is loaded again has it for the same hosts as before. The library's
// own dump forgets the domains, and then the hosts webpush. and file. get none.
type cookie struct {
	URL     string    `json:"url"` // scheme and host that set it
	Name    string    `json:"name"`
	Value   string    `json:"value"`
	Domain  string    `json:"domain,omitempty"`
	Path    string    `json:"path,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
	Secure  bool      `json:"secure,omitempty"`
}

// jar keeps the cookies of a session and is the only one to write into the library's jar, which keeps a map without a lock.
type jar struct {
	mu      sync.Mutex
	library *openwechat.Jar
	all     []cookie
	renewed time.Time // when the servers last set a cookie that expires
}

func newJar(from []cookie) *jar {
	j := &jar{library: openwechat.NewJar()}
	for _, c := range from {
		j.put(c)
	}
	return j
}

// take keeps what an answer sets.
func (j *jar) take(from *url.URL, set []*http.Cookie, at time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range set {
		expires := c.Expires
		if c.MaxAge > 0 {
			expires = at.Add(time.Duration(c.MaxAge) * time.Second)
		}
		if c.MaxAge < 0 {
			expires = at.Add(-time.Second)
		}
		if expires.After(at) {
			j.renewed = at
		}
		j.put(cookie{URL: from.Scheme + "://" + from.Host, Name: c.Name, Value: c.Value, Domain: strings.TrimPrefix(c.Domain, "."), Path: c.Path, Expires: expires, Secure: c.Secure})
	}
}

func (j *jar) put(c cookie) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" {
		return
	}
	same := func(o cookie) bool {
		return o.Name == c.Name && o.Domain == c.Domain && o.Path == c.Path && (c.Domain != "" || o.URL == c.URL)
	}
	j.all = append(slices.DeleteFunc(j.all, same), c)
	j.library.SetCookies(u, []*http.Cookie{{Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, Expires: c.Expires, Secure: c.Secure}})
}

// list is every cookie that has not expired.
func (j *jar) list(at time.Time) []cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []cookie
	for _, c := range j.all {
		if c.Expires.IsZero() || c.Expires.After(at) {
			out = append(out, c)
		}
	}
	return out
}

// lastRenewed is when the servers last renewed the session's cookies; zero when they have not in this process.
func (j *jar) lastRenewed() time.Time {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.renewed
}
