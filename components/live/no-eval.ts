import { config } from 'zod'

// The page's policy forbids code made from text, which zod would otherwise try for speed. Imported
// before anything is parsed, so that not even the attempt is made.
config({ jitless: true })
