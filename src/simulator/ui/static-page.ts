// The simulator for static hosts. The backend must be replaced before the page is created, so the order of these imports
// matters.
import "./backend/use-static-backend.ts";
import "./page.ts";
