// Browsers do not start workers from files, so the search runs in a hidden frame instead.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inner = this.frame.contentWindow;
      addEventListener("message", ({ source, data }) => {
        if (source === inner) {
          const event = new MessageEvent("message", { data });
          this.dispatchEvent(event);
          this.onmessage?.(event);
        }
      });
      // Posting messages and loading scripts work as in a real worker.
      inner.postMessage = inner.postMessage.bind(inner);
      const script = inner.document.createElement("script");
      script.textContent = `
        const send = parent.postMessage.bind(parent);
        self.postMessage = (data) => send(data, "*");
        self.importScripts = (...urls) => urls.reduce((before, url) => before.then(() => new Promise((done, failed) => {
          const one = document.createElement("script");
          Object.assign(one, { src: url, onload: done, onerror: failed });
          document.body.append(one);
        })), Promise.resolve());`;
      this.ready = new Promise((done) => {
        const deliver = inner.postMessage;
        inner.document.body.append(script);
        const worker = inner.document.createElement("script");
        Object.assign(worker, { src: new URL(url, location).href, onload: done });
        inner.document.body.append(worker);
        this.deliver = deliver;
      });
    }
    postMessage(data) {
      this.ready.then(() => this.deliver(data, "*"));
    }
    terminate() {
      this.frame.remove();
    }
  };
}
