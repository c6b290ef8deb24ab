import type { Model } from './model.js';
import type { Route } from './route.js';

export interface PageProps {
  readonly model: Model;
  readonly route: Route;
}
