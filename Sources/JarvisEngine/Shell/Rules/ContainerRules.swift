import JarvisAPI

/// Docker, Podman, Kubernetes.
enum ContainerRules {
  private static let inContainerFlags = FlagSet(
    "-i -t -d -T -e: -u: -w: --interactive --tty --detach --env: --user: --workdir: --index: --no-TTY")

  private static let globals = "-c: -l: -D --context: --log-level: --debug"
  private static let composeGlobals =
    "-f= -p: --file= --project-name: --profile: --env-file= --project-directory: --ansi: --progress: --parallel: --compatibility"

  private static let reading =
    "-a -q -n: -f: -l -s -H -v --all --quiet --filter: --format: --last: --latest --no-trunc --size --digests --no-stream --human? --verbose --orphans? --services --status: --since: --until: --json --limit: --no-index --tree"
  private static let kubernetes =
    "-n: -A -c: -f -l: -o: -p --namespace: --all-namespaces --container: --follow --selector: --output: --previous --tail: --since: --since-time: --timestamps --prefix --all-containers? --containers --sort-by: --no-headers --max-log-requests: --revision: --recursive --client --short --types: --for: --watch? --api-group: --namespaced? --verbs: --list --ignore-errors? --limit-bytes:"

  /// What docker and podman share.
  private static let engine: [Row] = [
    .green(
      "ps,container ls,container list,container ps,images,image ls,image list,port,container port,history,image history,diff,container diff,version,info,system df,system info,search,context ls,context list,context show,context inspect,network ls,network list,volume ls,volume list,service ls,service list,service ps,stack ls,stack ps,stack services,node ls,node ps,secret ls,secret list,config ls,config list,plugin ls,plugin list,buildx ls,buildx du,buildx version,manifest inspect,trust inspect,builder du,image tree,pod ps,pod ls,pod top,machine ls,machine list,events,container stats,stats",
      reading),
    .green(
      "logs,container logs,service logs",
      "-f -n: -t --follow --tail: --since: --until: --timestamps --raw --no-trunc --no-resolve --names"),
    .yellow(
      "inspect,container inspect,image inspect,service inspect,volume inspect,network inspect,node inspect,secret inspect,config inspect,plugin inspect,pod inspect,buildx inspect",
      why: "prints the environment of containers, which may hold passwords",
      change: "docker ps and docker logs show no environment"),
    .red(
      "run,container run,create,container create,build,image build,buildx build,buildx bake,pull,image pull,push,image push,tag,image tag,login,logout,load,image load,import,image import,commit,container commit,cp,container cp,rename,container rename,update,container update,start,container start,stop,container stop,restart,container restart,kill,container kill,pause,container pause,unpause,container unpause,attach,container attach,wait,container wait,export,container export,save,image save,network create,network connect,network disconnect,volume create,context create,context use,context update,context rm,context import,context export,swarm init,swarm join,swarm update,swarm join-token,swarm unlock-key,swarm unlock,swarm ca,service create,service update,service scale,service rollback,stack deploy,secret create,config create,node update,node promote,node demote,plugin install,plugin enable,plugin disable,plugin upgrade,plugin set,buildx create,buildx use,buildx imagetools,manifest create,manifest push,manifest annotate,trust sign,trust key,trust revoke,checkpoint create,buildx rm,builder build,manifest rm",
      why: "changes containers", change: "docker ps reads"),
    .red(
      "rm,container rm,container remove,rmi,image rm,image remove,network rm,network remove,stack rm,service rm,secret rm,config rm,plugin rm,node rm,swarm leave,container prune,image prune,network prune,builder prune,buildx prune",
      why: "deletes containers or images", change: "docker ps reads"),
    .black(
      "volume rm,volume remove,volume prune,system prune,system reset", why: "deletes volumes and the data in them",
      change: "docker system df reads"),
    .code("top,container top") { call, judge in processes(call, judge) },
    .code("exec,container exec") { call, judge in inContainer(call, &judge) },
  ]

  private static let compose: [Row] = [
    .green("ps,ls,images,port,version,events,stats,volumes", reading),
    .code("top") { call, judge in processes(call, judge) },
    .green("logs", "-f -n: -t --follow --tail: --since: --until: --timestamps --no-color --no-log-prefix --index:"),
    .yellow(
      "config,convert", "-q --quiet --services --volumes --images --profiles --networks", .none,
      why: "prints the environment of containers"),
    .red(
      "up,start,stop,restart,pause,unpause,build,pull,push,create,run,kill,rm,scale,cp,watch,commit,publish,attach,export,wait",
      why: "changes containers", change: "docker compose ps reads"),
    .red("down", why: "stops and deletes containers; with -v their data"),
    .code("exec") { call, judge in inContainer(call, &judge) },
  ]

  static let families: [Family] = [
    Family(
      "docker podman nerdctl", globals: globals, nested: (name: "compose", globals: composeGlobals),
      engine
        + compose.map { row in
          var copy = row
          copy.names = row.names.split(separator: ",").map { "compose " + $0 }.joined(separator: ",")
          return copy
        }),
    Family("docker-compose podman-compose", globals: composeGlobals, compose),
    Family(
      "kubectl k3s-kubectl oc", globals: "-n: --namespace: --context: --cluster: -v:",
      [
        .code("get") { call, judge in
          let words = call.args.map(\.text)
          if words.contains(where: {
            $0.hasPrefix("secret") || $0.contains(",secret") || $0.hasPrefix("--raw") || $0 == "all.secrets"
              || $0.contains("configmap") || $0 == "cm"
          }) || call.args.contains(where: { $0.mayBeOption && !$0.isKnown }) {
            return .red("secret.kubernetes", "shows secrets or settings that may hold them")
          }
          if words.contains(where: {
            $0.contains("go-template-file") || $0.contains("jsonpath-file") || $0 == "-f" || $0.hasPrefix("--filename")
              || $0.hasPrefix("-k") || $0.hasPrefix("--kubeconfig")
          }) {
            return .red("kubectl.option", "reads another file")
          }
          return .green("kubectl get")
        },
        .green(
          "top,version,api-resources,api-versions,cluster-info,explain,rollout status,rollout history,config current-context,config get-contexts,auth can-i,events",
          kubernetes),
        .green("logs", kubernetes), .yellow("describe", why: "prints the environment of containers"),
        .red(
          "apply,create,replace,patch,edit,scale,set,label,annotate,rollout restart,rollout undo,cordon,uncordon,drain,taint,cp,port-forward,proxy,attach,run,expose,autoscale,config view,config set,config use-context",
          why: "changes the cluster of containers", change: "kubectl get reads"),
        .black("delete", why: "deletes what runs there", change: "kubectl get reads"),
        .code("exec") { call, judge in
          guard let index = call.args.firstIndex(where: { $0.text == "--" }) else {
            return WrapperRules.opaque(call, &judge)
          }
          return judge.invoke(Array(call.args[(index + 1)...])).atLeast(
            .yellow("kubectl exec", "runs a command in a container"))
        },
      ]),
    Family(
      "helm",
      [
        .green(
          "list,ls,status,history,version,search",
          "-A -a -n: -q -o: --all-namespaces --namespace: --output: --max: --short -l: --versions"),
        .red("install,upgrade,rollback", why: "changes what runs"),
        .black("uninstall,delete", why: "deletes what runs"),
      ]),
    Family(
      "crictl ctr",
      [
        .green(
          "ps,images,pods,version,info,stats",
          "-a -q -o: --all --quiet --name: --state: --output: -n: -v --no-trunc --digests"),
        .red("rm,rmi,stop,exec,run", why: "changes containers"),
      ]),
    Family(
      "lxc incus",
      [
        .green("list,info,version", "-f: -c: --format: --columns: --fast"),
        .black("delete,rm", why: "deletes a container"),
        .red("start,stop,restart,exec,launch,copy,move,config,file", why: "changes containers"),
      ]),
    Family(
      "virsh",
      [
        .green(
          "list,dominfo,domstate,nodeinfo,version,pool-list,net-list,domblklist,domiflist,vcpuinfo,domstats",
          "--all --inactive --state-running --title --details --name --uuid --table --cpu-total --block --vcpu --balloon --interface"
        ),
        .black("destroy,undefine,vol-delete,pool-delete,vol-wipe", why: "cuts power or deletes"),
        .red("start,shutdown,reboot,suspend,resume,edit,define", why: "changes a guest behind the back of Proxmox"),
      ]),
  ]

  /// `docker top` hands its words to `ps`: only a few of them are known not to show environments.
  private static func processes(_ call: Call, _ judge: Judge) -> Finding {
    let words = call.args.dropFirst().map(\.text)
    guard !call.hasUnknown, call.args.first?.isSurelyOption != true,
      words.allSatisfy({ ["aux", "-ef", "-eo", "-o", "pid,cmd", "pid,comm", "-a", "-e", "-f", "-aux"].contains($0) })
    else { return .red("\(call.path).option", "ps in a container may show environments", "docker top CONTAINER reads") }
    return .green(call.path)
  }

  private static func inContainer(_ call: Call, _ judge: inout Judge) -> Finding {
    guard
      let rest = WrapperRules.tail(
        call,
        ContainerRules.inContainerFlags,
        &judge)
    else {
      return WrapperRules.opaque(call, &judge)
    }
    for arg in call.args.prefix(call.args.count - rest.count) where arg.text.contains("=") && arg.text.first != "-" {
      if EnvironmentNames.steers(String(arg.text.prefix { $0 != "=" })) {
        return judge.invoke(Array(rest.dropFirst())).max(judge.steering(String(arg.text.prefix { $0 != "=" })))
      }
    }
    guard rest.count > 1, let container = rest.first, !container.canSplit else {
      return .red("shell.interactive", "nothing to run in the container is named")
    }
    return judge.invoke(Array(rest.dropFirst()))
  }
}
