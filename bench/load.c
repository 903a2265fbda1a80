// load: a one-thread epoll HTTP/1.1 sender for ingest benchmarks.
//
//   cc -O2 -Wall -o load load.c
//   ./load -u 127.0.0.1:8080/v1/events -b body.json [-H 'Name: value']... [-c CONNS] [-r RATE] [-n EVENTS]
//   [-d SECONDS] [-k EVENTS_PER_REQUEST] [-s FIRSTSEQ] [-a FILE] [-X METHOD]
//
// @SEQ@ and @T@ in the body or URL become the sequence number and the Unix time in microseconds (open
// loop: when the send was due). RATE 0 (default) is closed loop: each connection sends again once
// answered, 50 ms later if the answer was 429 or 503. RATE > 0 (events a second) is open loop: sends are
// due on a fixed clock, in ticks of 0.3 ms, and latency counts from when a send was due; "behind" is how
// many were due at the end and never sent. With -k each request is a JSON array of so many bodies, each
// with its own number, and the answer's results ("index", "status") say which were accepted. -a FILE appends every
// sequence number that was accepted, one a line (for loss checks across a crash). Connection errors are
// counted and the connection is opened again after 100 ms. Ends at -n or -d, waiting up to 10 s for
// answers, and prints one line of JSON. Exit status 2 is wrong use.
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

#define HB 4096
#define ANSWER_MAX (4 << 20)

typedef struct {
  int fd, busy;
  char *in;
  size_t il, icap;
  char *out;
  size_t ol, oo;
  uint64_t due, seq, rest_until;  // rest_until: not used before, closed or not
} C;

static uint64_t hist[HB], codes[600], errs, sent, done, accepted;

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
  uint64_t want = total * p;
  for (int i = 0; i < HB; i++) {
    n += hist[i];
    if (n > want)
      return unbucket(i);
  }
  return 0;
}
static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct sockaddr_in addr;
static int ep;
static char host[128], *path = "/";
static char *body = "";
static size_t body_len;
static uint64_t per_request = 1;
static int batch;
static char headers[8192];
static FILE *ack;
static const char *method = "POST";
static char *scratch, url_path[4096];
static size_t scratch_cap;

static void opensock(C *c) {
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) {
    perror("load: socket");
    exit(1);
  }
  int one = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  connect(c->fd, (void *)&addr, sizeof addr);
  struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
  epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
  c->il = 0;
  c->busy = 0;
  c->ol = c->oo = 0;
  c->rest_until = 0;
}
static size_t fill(char *dst, const char *tpl, uint64_t seq, uint64_t t) {
  char *d = dst;
  while (*tpl) {
    if (*tpl == '@') {
      if (!strncmp(tpl, "@SEQ@", 5)) {
        d += sprintf(d, "%lu", seq);
        tpl += 5;
        continue;
      }
      if (!strncmp(tpl, "@T@", 3)) {
        d += sprintf(d, "%lu", t);
        tpl += 3;
        continue;
      }
    }
    *d++ = *tpl++;
  }
  *d = 0;
  return d - dst;
}
static void fail(C *c) {
  errs++;
  close(c->fd);
  c->fd = -1;
  c->busy = 0;
  c->rest_until = now_us() + 100000;
}
static void pump(C *c) {
  while (c->oo < c->ol) {
    ssize_t w = send(c->fd, c->out + c->oo, c->ol - c->oo, MSG_NOSIGNAL);
    if (w < 0) {
      if (errno == EAGAIN || errno == ENOTCONN)
        return;
      fail(c);
      return;
    }
    c->oo += w;
  }
}
static void start(C *c, uint64_t seq, uint64_t due) {
  uint64_t t = due ? due : now_us();
  size_t bl = 0;
  if (batch) {
    for (uint64_t i = 0; i < per_request; i++) {
      scratch[bl++] = i ? ',' : '[';
      bl += fill(scratch + bl, body, seq + i, t);
    }
    scratch[bl++] = ']';
  } else
    bl = fill(scratch, body, seq, t);
  fill(url_path, path, seq, t);
  if (!c->out)
    c->out = malloc(scratch_cap + sizeof headers + sizeof url_path + 512);
  c->ol = sprintf(c->out, "%s %s HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %zu\r\n\r\n", method, url_path, host,
                  headers, bl);
  memcpy(c->out + c->ol, scratch, bl);
  c->ol += bl;
  c->oo = 0;
  c->busy = 1;
  c->seq = seq;
  c->due = t;
  sent++;
  pump(c);
}
static void accept_one(uint64_t seq) {
  accepted++;
  if (ack)
    fprintf(ack, "%lu\n", seq);
}
// counts a batch's results: {"index":N,"status":202,...}, the members in this order
static void accept_results(C *c, const char *b) {
  for (const char *p = b; (p = strstr(p, "\"index\":"));) {
    uint64_t i = strtoull(p + 8, 0, 10);
    p = strstr(p, "\"status\":");
    if (!p)
      return;
    p += 9;
    while (*p == ' ')
      p++;
    if (*p == '2' && i < per_request)
      accept_one(c->seq + i);
  }
}
static void take(C *c) {
  for (;;) {
    if (c->icap - c->il < 16384) {
      c->icap = c->icap ? c->icap * 2 : 65536;
      if (c->icap > ANSWER_MAX) {
        c->icap = 0;
        c->il = 0;
        free(c->in);
        c->in = 0;
        fail(c);
        return;
      }
      c->in = realloc(c->in, c->icap);
    }
    ssize_t r = recv(c->fd, c->in + c->il, c->icap - 1 - c->il, 0);
    if (r > 0) {
      c->il += r;
      continue;
    }
    if (r < 0 && errno == EAGAIN)
      break;
    fail(c);
    return;
  }
  if (!c->il)
    return;
  c->in[c->il] = 0;
  char *e = memmem(c->in, c->il, "\r\n\r\n", 4);
  if (!e)
    return;
  size_t hl = e + 4 - c->in, cl = 0;
  int chunked = 0, closing = 0;
  for (char *l = strstr(c->in, "\r\n"); l && l < e; l = strstr(l + 2, "\r\n")) {
    if (!strncasecmp(l + 2, "content-length:", 15))
      cl = strtoul(l + 17, 0, 10);
    else if (!strncasecmp(l + 2, "transfer-encoding: chunked", 26))
      chunked = 1;
    else if (!strncasecmp(l + 2, "connection: close", 17))
      closing = 1;
  }
  if (chunked) {
    if (!memmem(c->in + hl, c->il - hl, "0\r\n\r\n", 5))
      return;
  } else if (c->il < hl + cl)
    return;
  int code = atoi(c->in + 9);
  if (code < 0 || code > 599)
    code = 0;
  codes[code]++;
  done++;
  uint64_t n = now_us();
  hist[bucket(n > c->due ? n - c->due : 0)]++;
  if (code / 100 == 2) {
    if (batch)
      accept_results(c, c->in + hl);
    else
      accept_one(c->seq);
  }
  c->il = 0;
  c->busy = 0;
  if (closing) {
    close(c->fd);
    opensock(c);
  }
  if (code == 429 || code == 503)
    c->rest_until = n + 50000;
}
static void wrong(const char *why) {
  fprintf(stderr, "load: %s\n", why);
  exit(2);
}
int main(int argc, char **argv) {
  int o, conns = 64;
  double rate = 0, dur = 0;
  uint64_t total = 0, seq = 0;
  char *url = 0, *bf = 0;
  int ct = 0;
  while ((o = getopt(argc, argv, "u:b:H:c:r:n:d:k:s:a:X:")) != -1)
    switch (o) {
      case 'u':
        url = optarg;
        break;
      case 'b':
        bf = optarg;
        break;
      case 'H':
        if (strlen(headers) + strlen(optarg) + 64 > sizeof headers)
          wrong("too many headers");
        strcat(headers, optarg);
        strcat(headers, "\r\n");
        if (!strncasecmp(optarg, "content-type:", 13))
          ct = 1;
        break;
      case 'c':
        conns = atoi(optarg);
        break;
      case 'r':
        rate = atof(optarg);
        break;
      case 'n':
        total = strtoull(optarg, 0, 10);
        break;
      case 'd':
        dur = atof(optarg);
        break;
      case 'k':
        per_request = strtoull(optarg, 0, 10);
        batch = 1;
        break;
      case 's':
        seq = strtoull(optarg, 0, 10);
        break;
      case 'a':
        ack = fopen(optarg, "a");
        if (!ack) {
          perror(optarg);
          return 2;
        }
        break;
      case 'X':
        method = optarg;
        break;
      default:
        return 2;
    }
  if (!url || (!total && dur <= 0))
    wrong("-u and -n or -d are needed");
  if (conns < 1 || per_request < 1)
    wrong("-c and -k are 1 or more");
  if (!ct)
    strcat(headers, "Content-Type: application/json\r\n");
  if (bf) {
    FILE *f = fopen(bf, "r");
    if (!f) {
      perror(bf);
      return 2;
    }
    body = calloc(1, 1 << 20);
    body_len = fread(body, 1, (1 << 20) - 1, f);
    fclose(f);
    while (body_len && body[body_len - 1] == '\n')
      body[--body_len] = 0;
  }
  // a placeholder is 3 bytes or more and becomes 20 at most
  scratch_cap = per_request * (body_len * 7 + 16) + 16;
  scratch = malloc(scratch_cap);
  char *s = strchr(url, '/');
  if (s) {
    path = strdup(s);
    *s = 0;
    if (strlen(path) * 7 > sizeof url_path)
      wrong("the URL is too long");
  }
  snprintf(host, sizeof host, "%s", url);
  char *col = strchr(url, ':');
  int port = col ? atoi(col + 1) : 80;
  if (col)
    *col = 0;
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  if (inet_pton(AF_INET, url, &addr.sin_addr) != 1)
    wrong("the URL starts with an IPv4 address, without http://");
  signal(SIGPIPE, SIG_IGN);
  ep = epoll_create1(0);
  C *cs = calloc(conns, sizeof(C));
  for (int i = 0; i < conns; i++)
    opensock(&cs[i]);
  uint64_t t0 = now_us(), next_due = t0, end = dur > 0 ? t0 + (uint64_t)(dur * 1e6) : ~0ULL;
  double gap = rate > 0 ? 1e6 / rate * per_request : 0;
  uint64_t k = 0, first = seq, gave_up = 0;
  int free_from = 0;
  static struct epoll_event ev[1024];
  for (;;) {
    uint64_t n = now_us();
    int stop = n >= end || (total && seq - first >= total);
    int busy = 0;
    if (rate > 0) {
      while (!stop && next_due <= n) {
        int got = -1;
        for (int i = 0; i < conns; i++) {
          int j = (free_from + i) % conns;
          if (!cs[j].busy && cs[j].fd >= 0) {
            got = j;
            break;
          }
        }
        if (got < 0)
          break;
        free_from = got + 1;
        start(&cs[got], seq, next_due);
        seq += per_request;
        next_due = t0 + (uint64_t)(++k * gap);
        if (total && seq - first >= total)
          stop = 1;
      }
    }
    for (int i = 0; i < conns; i++) {
      C *c = &cs[i];
      if (c->fd < 0 && c->rest_until <= n)
        opensock(c);
      if (!rate && !stop && !c->busy && c->fd >= 0 && c->rest_until <= n) {
        start(c, seq, 0);
        seq += per_request;
        if (total && seq - first >= total)
          stop = 1;
      }
      busy += c->busy;
    }
    if (stop && !gave_up)
      gave_up = n + 10000000;
    if (stop && (!busy || n > gave_up))
      break;
    uint64_t w = 20000;
    if (rate > 0 && !stop) {
      w = next_due > n ? next_due - n : 0;
      if (w < 300)
        w = 300;
      if (w > 20000)
        w = 20000;
    }  // sleeps, never spins: sends are due in ticks of 0.3 ms
    struct timespec ts = {0, (long)w * 1000};
    int m = epoll_pwait2(ep, ev, 1024, &ts, 0);
    for (int i = 0; i < m; i++) {
      C *c = ev[i].data.ptr;
      if (c->fd < 0)
        continue;
      if (ev[i].events & (EPOLLERR | EPOLLHUP)) {
        fail(c);
        continue;
      }
      if (ev[i].events & EPOLLOUT) {
        if (c->ol > c->oo)
          pump(c);
      }
      if (c->fd >= 0 && ev[i].events & EPOLLIN)
        take(c);
    }
  }
  uint64_t now = now_us();
  double secs = (now - t0) / 1e6;
  uint64_t last = now < end ? now : end;
  uint64_t due = gap > 0 ? (uint64_t)((last - t0) / gap) * per_request : 0;
  uint64_t behind = gap > 0 && dur > 0 && due > seq - first ? due - (seq - first) : 0;
  struct rusage ru;
  getrusage(RUSAGE_SELF, &ru);
  if (ack)
    fclose(ack);
  printf(
      "{\"seconds\":%.2f,\"sent\":%lu,\"answered\":%lu,\"accepted\":%lu,\"next_seq\":%lu,\"per_second\":%.0f,"
      "\"errors\":%lu,\"behind\":%lu,\"p50_us\":%lu,\"p90_us\":%lu,\"p99_us\":%lu,\"p999_us\":%lu,"
      "\"cpu_ms\":%ld,\"codes\":{",
      secs, sent, done, accepted, seq, accepted / secs, errs, behind, pct(.5), pct(.9), pct(.99), pct(.999),
      (long)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1000 +
          (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1000);
  int f = 1;
  for (int i = 0; i < 600; i++)
    if (codes[i]) {
      printf("%s\"%d\":%lu", f ? "" : ",", i, codes[i]);
      f = 0;
    }
  printf("}}\n");
  return 0;
}
