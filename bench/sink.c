// sink: a one-thread epoll HTTP/1.1 receiver for delivery benchmarks, on loopback only.
//
//   cc -O2 -Wall -o sink sink.c && ./sink PORT [MAXSEQ]
//
// It answers every POST/PUT/PATCH/GET by path:
//   /ok        200 at once                 /fail      500 at once
//   /slow/MS   200 after MS milliseconds   /flaky/P   500 for P percent, else 200
//   /hang      never answers               /gone      410
//   /pdf/N     200 with N bytes of application/pdf
//   /limit     429 with Retry-After: 1     /gate      200 while the gate is open (it is at the
//                                          start), no answer while it is shut
// And to its operator:
//   /shut /open       shut and open the gate; opening answers what was held at it
//   /stats            JSON: requests, bytes, unique, duplicates, strays, latency percentiles (us)
//   /reset?from=N     clears the counters; from now on only sequence numbers of N and more count,
//                     lower ones are strays: latecomers of an earlier run
//   /missing?from=N   the first 1,000 sequence numbers from N to the highest seen that never came
// A body that holds "seq":N (less than MAXSEQ above the last reset's) counts once; again, it is a
// duplicate. A body that holds "t":MICROS (Unix epoch) adds now-t to the latency histogram.
// Only answers of 2xx count towards unique and latency; all count as requests.
// One process is one set of counters: run one for each receiver that is to be told apart.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAXFD 65536

typedef struct {
  char *buf;
  size_t len, cap;
  size_t filler;  // how much of a document is still to be sent after out
  char *out;
  size_t olen, ooff, ocap;
  int paused, gated, wants_out;
  int64_t seq, t;  // of the request that is held at the gate
} Conn;
static Conn conns[MAXFD];
static int ep;
static uint64_t requests, bytes, uniq, dups, strays, okays, maxseq_seen, accepted;
static uint64_t maxseq = 20000000, from_seq;
static int shut, top_fd;
static uint8_t *seen;
#define HB 4096
static uint64_t hist[HB];
static uint64_t first_us, last_us;

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
// log-linear buckets: 64 per power of two
static int bucket(uint64_t v) {
  if (v < 64)
    return (int)v;
  int e = 63 - __builtin_clzll(v);
  int b = (e - 5) * 64 + (int)((v >> (e - 6)) & 63);
  return b >= HB ? HB - 1 : b;
}
static uint64_t unbucket(int b) {
  if (b < 64)
    return b;
  int e = b / 64 + 5;
  return (1ULL << e) + ((uint64_t)(b % 64) << (e - 6));
}
static uint64_t pct(double p) {
  uint64_t n = 0, total = 0;
  for (int i = 0; i < HB; i++)
    total += hist[i];
  if (!total)
    return 0;
  uint64_t want = (uint64_t)(total * p);
  for (int i = 0; i < HB; i++) {
    n += hist[i];
    if (n > want)
      return unbucket(i);
  }
  return unbucket(HB - 1);
}

typedef struct {
  uint64_t due;
  int fd;
  uint32_t gen;
} Timer;
static uint32_t gens[MAXFD];
static Timer *heap;
static size_t hn, hcap;
static void hpush(Timer t) {
  if (hn == hcap) {
    hcap = hcap ? hcap * 2 : 1024;
    heap = realloc(heap, hcap * sizeof *heap);
  }
  size_t i = hn++;
  while (i && heap[(i - 1) / 2].due > t.due) {
    heap[i] = heap[(i - 1) / 2];
    i = (i - 1) / 2;
  }
  heap[i] = t;
}
static Timer hpop(void) {
  Timer r = heap[0], t = heap[--hn];
  size_t i = 0;
  for (;;) {
    size_t c = 2 * i + 1;
    if (c >= hn)
      break;
    if (c + 1 < hn && heap[c + 1].due < heap[c].due)
      c++;
    if (heap[c].due >= t.due)
      break;
    heap[i] = heap[c];
    i = c;
  }
  if (hn)
    heap[i] = t;
  return r;
}

static char filler[256 << 10];

static void closec(int fd) {
  Conn *c = &conns[fd];
  gens[fd]++;
  free(c->buf);
  free(c->out);
  memset(c, 0, sizeof *c);
  close(fd);
}
static void want(int fd, int out) {
  if (conns[fd].wants_out == out)
    return;
  conns[fd].wants_out = out;
  struct epoll_event e = {.events = out ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.fd = fd};
  epoll_ctl(ep, EPOLL_CTL_MOD, fd, &e);
}
static void flush(int fd) {
  Conn *c = &conns[fd];
  while (c->ooff < c->olen) {
    ssize_t w = send(fd, c->out + c->ooff, c->olen - c->ooff, MSG_NOSIGNAL);
    if (w < 0) {
      if (errno == EAGAIN) {
        want(fd, 1);
        return;
      }
      closec(fd);
      return;
    }
    c->ooff += w;
  }
  c->olen = c->ooff = 0;
  while (c->filler) {
    ssize_t w = send(fd, filler, c->filler < sizeof filler ? c->filler : sizeof filler, MSG_NOSIGNAL);
    if (w < 0) {
      if (errno == EAGAIN) {
        want(fd, 1);
        return;
      }
      closec(fd);
      return;
    }
    c->filler -= w;
  }
  want(fd, 0);
}
static void put(int fd, const char *s, size_t n) {
  Conn *c = &conns[fd];
  if (c->olen + n > c->ocap) {
    c->ocap = (c->olen + n) * 2;
    c->out = realloc(c->out, c->ocap);
  }
  memcpy(c->out + c->olen, s, n);
  c->olen += n;
}
static void reply(int fd, int code, const char *extra, const char *body) {
  char h[512];
  int n = snprintf(h, sizeof h,
                   "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%sContent-Length: %zu\r\n\r\n", code,
                   extra, strlen(body));
  put(fd, h, n);
  put(fd, body, strlen(body));
}
static int64_t number_after(const char *b, size_t n, const char *key) {
  const char *p = memmem(b, n, key, strlen(key));
  if (!p)
    return -1;
  p += strlen(key);
  while (p < b + n && (*p == ' ' || *p == '"'))
    p++;
  if (p >= b + n || *p < '0' || *p > '9')
    return -1;
  int64_t v = 0;
  while (p < b + n && *p >= '0' && *p <= '9')
    v = v * 10 + (*p++ - '0');
  return v;
}
static void took(int64_t s, int64_t t) {
  okays++;
  if (s >= 0 && (uint64_t)s < from_seq) {
    strays++;
    return;
  }
  if (s >= 0 && (uint64_t)s - from_seq < maxseq) {
    if ((uint64_t)s > maxseq_seen)
      maxseq_seen = s;
    uint8_t *times = &seen[s - from_seq];
    if (*times)
      dups++;
    else
      uniq++;
    if (*times < 255)
      ++*times;
  }
  if (t > 0) {
    uint64_t now = now_us();
    hist[bucket(now > (uint64_t)t ? now - t : 0)]++;
  }
}
static void parse(int fd);
static void answer_held(int fd) {
  conns[fd].paused = conns[fd].gated = 0;
  reply(fd, 200, "", "{\"ok\":true}");
  parse(fd);
  if (conns[fd].olen)
    flush(fd);
}
static void open_gate(void) {
  shut = 0;
  for (int fd = 0; fd <= top_fd; fd++)
    if (conns[fd].gated) {
      took(conns[fd].seq, conns[fd].t);
      answer_held(fd);
    }
}
static uint64_t held(void) {
  uint64_t n = 0;
  for (int fd = 0; fd <= top_fd; fd++)
    n += conns[fd].paused != 0;
  return n;
}
static void handle(int fd, const char *path, size_t plen, const char *body, size_t blen) {
  char p[256];
  if (plen > 255)
    plen = 255;
  memcpy(p, path, plen);
  p[plen] = 0;
  char *q = strchr(p, '?');
  if (q)
    *q = 0;
  if (!strcmp(p, "/stats")) {
    struct rusage ru;
    getrusage(RUSAGE_SELF, &ru);
    char s[1024];
    snprintf(s, sizeof s,
             "{\"requests\":%lu,\"ok\":%lu,\"bytes\":%lu,\"unique\":%lu,\"duplicates\":%lu,\"strays\":%lu,"
             "\"max_seq\":%lu,\"held\":%lu,\"connections\":%lu,\"span_us\":%lu,\"p50_us\":%lu,\"p90_us\":%lu,\"p99_us\":%lu,\"p999_us\":%"
             "lu,\"cpu_ms\":%ld}\n",
             requests, okays, bytes, uniq, dups, strays, maxseq_seen, held(), accepted, last_us - first_us, pct(.5), pct(.9),
             pct(.99), pct(.999),
             (long)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1000 +
                 (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1000);
    reply(fd, 200, "", s);
    return;
  }
  if (!strcmp(p, "/reset")) {
    uint64_t used = maxseq_seen >= from_seq ? maxseq_seen - from_seq + 1 : 0;
    memset(seen, 0, used < maxseq ? used : maxseq);
    memset(hist, 0, sizeof hist);
    requests = bytes = uniq = dups = strays = okays = accepted = first_us = last_us = 0;
    from_seq = maxseq_seen = q && !strncmp(q + 1, "from=", 5) ? strtoull(q + 6, 0, 10) : 0;
    reply(fd, 200, "", "{}\n");
    return;
  }
  if (!strcmp(p, "/shut") || !strcmp(p, "/open")) {
    shut = p[1] == 's';
    reply(fd, 200, "", "{}\n");
    if (!shut)
      open_gate();
    return;
  }
  if (!strcmp(p, "/missing")) {
    static char s[32 * 1024];
    uint64_t from = q && !strncmp(q + 1, "from=", 5) ? strtoull(q + 6, 0, 10) : 0;
    if (from < from_seq)
      from = from_seq;
    int n = snprintf(s, sizeof s, "[");
    int k = 0;
    for (uint64_t i = from; i <= maxseq_seen && i - from_seq < maxseq && k < 1000; i++)
      if (!seen[i - from_seq])
        n += snprintf(s + n, sizeof s - n, "%s%lu", k++ ? "," : "", i);
    snprintf(s + n, sizeof s - n, "]\n");
    reply(fd, 200, "", s);
    return;
  }
  uint64_t t = now_us();
  if (!first_us)
    first_us = t;
  last_us = t;
  requests++;
  bytes += blen;
  if (!strncmp(p, "/fail", 5)) {
    reply(fd, 500, "", "{\"error\":\"no\"}");
    return;
  }
  if (!strncmp(p, "/gone", 5)) {
    reply(fd, 410, "", "{}");
    return;
  }
  if (!strncmp(p, "/limit", 6)) {
    reply(fd, 429, "Retry-After: 1\r\n", "{}");
    return;
  }
  if (!strncmp(p, "/hang", 5)) {
    conns[fd].paused = 1;
    return;
  }
  if (!strncmp(p, "/flaky/", 7) && rand() % 100 < atoi(p + 7)) {
    reply(fd, 500, "", "{}");
    return;
  }
  int64_t seq = number_after(body, blen, "\"seq\":"), sent = number_after(body, blen, "\"t\":");
  if (!strncmp(p, "/gate", 5) && shut) {
    Conn *c = &conns[fd];
    c->paused = c->gated = 1;
    c->seq = seq;
    c->t = sent;
    return;
  }
  took(seq, sent);
  if (!strncmp(p, "/pdf/", 5)) {
    // The hub looks at the bytes too: what does not begin like a PDF is none.
    static const char begin[] = "%PDF-1.7\n";
    char h[160];
    size_t size = strtoull(p + 5, 0, 10);
    conns[fd].filler = size > sizeof begin - 1 ? size - (sizeof begin - 1) : 0;
    put(fd, h, snprintf(h, sizeof h, "HTTP/1.1 200 X\r\nContent-Type: application/pdf\r\nContent-Length: %zu\r\n\r\n%s",
                        conns[fd].filler + sizeof begin - 1, begin));
    return;
  }
  if (!strncmp(p, "/slow/", 6)) {
    conns[fd].paused = 1;
    hpush((Timer){t + (uint64_t)atoi(p + 6) * 1000, fd, gens[fd]});
    return;
  }
  reply(fd, 200, "", "{\"ok\":true}");
}
// takes every whole request in the buffer
static void parse(int fd) {
  Conn *c = &conns[fd];
  size_t off = 0;
  while (c->buf && !c->paused && off < c->len) {
    char *b = c->buf + off;
    size_t n = c->len - off;
    char *e = memmem(b, n, "\r\n\r\n", 4);
    if (!e)
      break;
    size_t hl = e + 4 - b;
    size_t cl = 0;
    int chunked = 0;
    for (char *l = memmem(b, hl, "\r\n", 2); l && l < e; l = memmem(l + 2, b + hl - l - 2, "\r\n", 2)) {
      if (!strncasecmp(l + 2, "content-length:", 15))
        cl = strtoul(l + 17, 0, 10);
      else if (!strncasecmp(l + 2, "transfer-encoding:", 18))
        chunked = 1;
    }
    size_t total = hl + cl;
    char *body = b + hl;
    size_t blen = cl;
    if (chunked) {
      char *z = memmem(b + hl, n - hl, "0\r\n\r\n", 5);
      if (!z)
        break;
      total = z + 5 - b;
      blen = z - body;
    }
    if (n < total)
      break;
    char *sp = memchr(b, ' ', hl);
    if (!sp) {
      closec(fd);
      return;
    }
    char *sp2 = memchr(sp + 1, ' ', hl - (sp + 1 - b));
    if (!sp2) {
      closec(fd);
      return;
    }
    handle(fd, sp + 1, sp2 - sp - 1, body, blen);
    off += total;
  }
  if (c->buf && off) {
    memmove(c->buf, c->buf + off, c->len - off);
    c->len -= off;
  }
}
int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "sink: usage: sink PORT [MAXSEQ]\n");
    return 2;
  }
  if (argc > 2)
    maxseq = strtoull(argv[2], 0, 10);
  seen = calloc(maxseq, 1);
  memset(filler, 'x', sizeof filler);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit rl;
  getrlimit(RLIMIT_NOFILE, &rl);
  rl.rlim_cur = rl.rlim_max;
  setrlimit(RLIMIT_NOFILE, &rl);
  int ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in a = {
      .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(ls, (void *)&a, sizeof a) || listen(ls, 4096)) {
    perror("bind");
    return 1;
  }
  ep = epoll_create1(0);
  struct epoll_event le = {.events = EPOLLIN, .data.fd = ls};
  epoll_ctl(ep, EPOLL_CTL_ADD, ls, &le);
  static struct epoll_event ev[1024];
  for (;;) {
    int wait = -1;
    if (hn) {
      uint64_t t = now_us();
      wait = heap[0].due <= t ? 0 : (int)((heap[0].due - t) / 1000) + 1;
    }
    int n = epoll_wait(ep, ev, 1024, wait);
    for (int i = 0; i < n; i++) {
      int fd = ev[i].data.fd;
      if (fd == ls) {
        int cfd;
        while ((cfd = accept4(ls, 0, 0, SOCK_NONBLOCK)) >= 0) {
          if (cfd >= MAXFD) {
            close(cfd);
            continue;
          }
          accepted++;
          setsockopt(cfd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          memset(&conns[cfd], 0, sizeof(Conn));
          if (cfd > top_fd)
            top_fd = cfd;
          struct epoll_event e = {.events = EPOLLIN, .data.fd = cfd};
          epoll_ctl(ep, EPOLL_CTL_ADD, cfd, &e);
        }
        continue;
      }
      Conn *c = &conns[fd];
      if (ev[i].events & (EPOLLERR | EPOLLHUP)) {
        closec(fd);
        continue;
      }
      if (ev[i].events & EPOLLIN) {
        int dead = 0;
        for (;;) {
          if (c->len + 16384 > c->cap) {
            c->cap = c->cap ? c->cap * 2 : 32768;
            c->buf = realloc(c->buf, c->cap);
          }
          ssize_t r = recv(fd, c->buf + c->len, c->cap - c->len, 0);
          if (r > 0) {
            c->len += r;
            if ((size_t)r < 16384)
              break;
            continue;
          }
          if (r == 0)
            dead = 1;
          else if (errno != EAGAIN)
            dead = 1;
          break;
        }
        if (dead) {
          closec(fd);
          continue;
        }
        parse(fd);
      }
      if (conns[fd].olen || conns[fd].filler)
        flush(fd);
    }
    uint64_t t = hn ? now_us() : 0;
    while (hn && heap[0].due <= t) {
      Timer x = hpop();
      if (gens[x.fd] != x.gen || !conns[x.fd].paused)
        continue;
      answer_held(x.fd);
    }
  }
}
