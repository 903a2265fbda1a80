/** A kind of credential or signature in words. */
export function kindWord(kind: string): string {
  const all: Record<string, string> = {
    basic: 'Basic',
    bearer: 'Bearer token',
    apiKey: 'API key',
    custom: 'Parameters',
    standardWebhooks: 'Standard Webhooks',
    hmac: 'HMAC signature',
  }
  return all[kind] ?? kind
}

export function signs(kind: string): boolean {
  return kind === 'standardWebhooks' || kind === 'hmac'
}
