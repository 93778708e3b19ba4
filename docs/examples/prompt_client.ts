/*
 * A prompt of Rondo in an application: fetched once, heard of when its label moves, kept when the server is away.
 *
 *     RONDO_TOKEN=rondo_... node prompt_client.ts http://127.0.0.1:8080 greeting production
 *
 * It prints one line of JSON for each version that it is given. `fetch` is all that it needs.
 */
export interface Prompt {
  name: string
  label: string
  version: number
  content_hash: string
  kind: 'text' | 'chat'
  text?: string
  messages?: { role: string; content: string }[]
  model: string | null
  parameters: unknown
  tools: unknown
  variables: string[]
}

const RETRY_MS = 1000
/* The server says something every 15 seconds: after this the line is dead. */
const SILENCE_MS = 40_000

export class PromptClient {
  /* The last good one; null until there was one. */
  prompt: Prompt | null = null
  private etag: string | null = null
  private readonly address: string
  private readonly query: string
  private readonly token: string | undefined
  private readonly onChange: (prompt: Prompt) => void

  constructor(server: string, name: string, label: string, token: string | undefined, onChange: (prompt: Prompt) => void) {
    this.address = `${server.replace(/\/$/, '')}/api/v1/prompts/${encodeURIComponent(name)}`
    this.query = `?label=${encodeURIComponent(label)}`
    this.token = token
    this.onChange = onChange
  }

  private headers(): Record<string, string> {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {}
  }

  async fetch(): Promise<void> {
    const known: Record<string, string> = this.etag ? { 'If-None-Match': this.etag } : {}
    const reply = await fetch(`${this.address}/serve${this.query}`, {
      headers: { ...this.headers(), ...known },
      signal: AbortSignal.timeout(SILENCE_MS),
    })
    if (reply.status === 304) return
    if (!reply.ok) throw new Error(`the server answers ${reply.status}`)
    const prompt = (await reply.json()) as Prompt
    this.etag = reply.headers.get('ETag')
    this.prompt = prompt
    this.onChange(prompt)
  }

  private async hear(): Promise<void> {
    const silence = new AbortController()
    let timer = setTimeout(() => silence.abort(), SILENCE_MS)
    try {
      const reply = await fetch(`${this.address}/events${this.query}`, { headers: this.headers(), signal: silence.signal })
      if (!reply.ok || !reply.body) throw new Error(`the server answers ${reply.status}`)
      for await (const piece of reply.body.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>) {
        clearTimeout(timer)
        timer = setTimeout(() => silence.abort(), SILENCE_MS)
        /* Whatever was said: an ETag tells whether it matters. A bare comment is only a sign of life. */
        if (piece.trim() !== ':') await this.fetch()
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /* Fetches whenever the label has moved; comes back when the line ends. The last good one stays meanwhile. */
  async listen(): Promise<never> {
    for (;;) {
      try {
        await this.fetch()
        await this.hear()
      } catch (reason) {
        console.error(`the last good prompt stays: ${String(reason)}`)
      }
      await new Promise((done) => setTimeout(done, RETRY_MS))
    }
  }
}

const [server, name, label] = process.argv.slice(2)
if (!server || !name) {
  console.error('usage: prompt_client.ts SERVER NAME [LABEL]')
  process.exit(2)
}
await new PromptClient(server, name, label ?? 'production', process.env.RONDO_TOKEN, (prompt) =>
  console.log(JSON.stringify(prompt)),
).listen()
