// @ts-check

/** @type {import('next').NextConfig} */
const config = {
  // Tests build beside a running development server, so they name a folder of their own.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Node packages that find files or hooks of their own at run time: bundling breaks them.
  serverExternalPackages: ['ioredis', 'socket.io', 'prom-client', 'pino'],
  // `npm run typecheck` checks the whole project; a newcomer's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
}

export default config
