package main

import (
	"net/http"
	"sync/atomic"

	"golang.org/x/time/rate"

	"minglu/api"
	"minglu/api/html"
)

// handlerState is what the handler is told by the server around it.
type handlerState struct {
	ready    *atomic.Bool
	stopping <-chan struct{} // closed when answers without an end are to end
	demo     bool
}

// newHandler returns everything that is answered over HTTP.
func newHandler(c *call, cfg *Config, n *node, s handlerState) http.Handler {
	o := api.Options{
		Register: n.register, Views: n.views, Log: n.log, Logger: c.log,
		HTML: html.New(html.Options{
			Register: n.register, Views: n.views, Log: n.log, Now: c.now, Demo: s.demo, Logger: c.log,
			Site: html.Site{
				Name: cfg.SiteName, Sponsor: cfg.SiteSponsor, Operator: cfg.SiteOperator, Contact: cfg.SiteContact,
				Code: cfg.SiteCode, ICP: cfg.SiteICP, Police: cfg.SitePolice,
			},
		}),
		Ready: s.ready.Load, Stopping: s.stopping, Version: readVersions().Version,
		Limits: api.Limits{PerAddress: rate.Limit(cfg.AddressLimit), PerToken: rate.Limit(cfg.TokenLimit)},
	}
	if n.signer != nil {
		o.Checkpoints = n.signer
	}
	return api.New(o)
}
