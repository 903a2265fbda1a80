import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'
import { Broken, Missing } from './shell/broken'
import { Gate } from './shell/gate'
import { Shell } from './shell/shell'
import * as search from './search'

// The tenant goes along to every page, so that every address says whose it is.
const root = createRootRoute({
  validateSearch: search.everywhere,
  search: { middlewares: [retainSearchParams(['tenant'])] },
  errorComponent: Broken,
  notFoundComponent: Missing,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import('./pages/signing/sign-in')),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: search.setUp,
  component: lazyRouteComponent(() => import('./pages/signing/set-up')),
})

/** Everything that needs somebody who is signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: () => (
    <Gate>
      <Shell />
    </Gate>
  ),
})

const connectors = createRoute({
  getParentRoute: () => inside,
  path: '/connectors',
  validateSearch: search.connectors,
  component: lazyRouteComponent(() => import('./pages/connectors/list')),
})

const connector = createRoute({
  getParentRoute: () => inside,
  path: '/connectors/$id',
  validateSearch: search.connector,
  component: lazyRouteComponent(() => import('./pages/connectors/editor')),
})

const deliveries = createRoute({
  getParentRoute: () => inside,
  path: '/deliveries',
  validateSearch: search.deliveries,
  component: lazyRouteComponent(() => import('./pages/deliveries/list')),
})

const delivery = createRoute({
  getParentRoute: () => inside,
  path: '/deliveries/$id',
  validateSearch: search.delivery,
  component: lazyRouteComponent(() => import('./pages/deliveries/one')),
})

const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  validateSearch: search.events,
  component: lazyRouteComponent(() => import('./pages/events/list')),
})

const event = createRoute({
  getParentRoute: () => inside,
  path: '/events/$id',
  component: lazyRouteComponent(() => import('./pages/events/one')),
})

const adaptors = createRoute({
  getParentRoute: () => inside,
  path: '/adaptors',
  component: lazyRouteComponent(() => import('./pages/adaptors/list')),
})

const adaptor = createRoute({
  getParentRoute: () => inside,
  path: '/adaptors/$id',
  component: lazyRouteComponent(() => import('./pages/adaptors/one')),
})

const authorizations = createRoute({
  getParentRoute: () => inside,
  path: '/authorizations',
  component: lazyRouteComponent(() => import('./pages/authorizations/list')),
})

const authorization = createRoute({
  getParentRoute: () => inside,
  path: '/authorizations/$id',
  component: lazyRouteComponent(() => import('./pages/authorizations/one')),
})

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: search.overview,
  component: lazyRouteComponent(() => import('./pages/overview/overview')),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  validateSearch: search.settings,
  component: lazyRouteComponent(() => import('./pages/settings/settings')),
})

const commands = createRoute({
  getParentRoute: () => inside,
  path: '/commands',
  validateSearch: search.commands,
  component: lazyRouteComponent(() => import('./pages/commands/list')),
})

const command = createRoute({
  getParentRoute: () => inside,
  path: '/commands/$name',
  validateSearch: search.command,
  component: lazyRouteComponent(() => import('./pages/commands/one')),
})

const runs = createRoute({
  getParentRoute: () => inside,
  path: '/runs',
  validateSearch: search.runs,
  component: lazyRouteComponent(() => import('./pages/runs/list')),
})

const run = createRoute({
  getParentRoute: () => inside,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('./pages/runs/one')),
})

const found = createRoute({
  getParentRoute: () => inside,
  path: '/search',
  validateSearch: search.search,
  component: lazyRouteComponent(() => import('./pages/search/page')),
})

const help = createRoute({
  getParentRoute: () => inside,
  path: '/help',
  component: lazyRouteComponent(() => import('./pages/help/page')),
})

const docs = createRoute({
  getParentRoute: () => inside,
  path: '/docs',
  validateSearch: search.docs,
  component: lazyRouteComponent(() => import('./pages/docs/page')),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    inside.addChildren([
      overview,
      connectors,
      connector,
      deliveries,
      delivery,
      events,
      event,
      adaptors,
      adaptor,
      authorizations,
      authorization,
      commands,
      command,
      runs,
      run,
      found,
      docs,
      help,
      settings,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Missing,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
