import JarvisAPI

/// Ceph.
enum CephRules {
  private static let globals = "-f: -c: -n: --format: --cluster: --connect-timeout: --id: --name:"

  /// No `-o`, `-i` or `--admin-daemon`: they write, read and tell other files.
  private static let common =
    "-f: -p: -l --format: --pool: --namespace: --image: --snap: --cluster: --connect-timeout: --pretty-format --all --long --detail"

  static let families: [Family] = [
    Family(
      "ceph", globals: globals, alone: .green("ceph", "-s -w -f: --status --format:", .none),
      [
        .green(
          "status,health,health detail,df,df detail,versions,fsid,time-sync-status,quorum_status,osd tree,osd df,osd df tree,osd stat,osd status,osd perf,osd ls,osd dump,osd find,osd metadata,osd pool ls,osd pool ls detail,osd pool stats,osd pool get,osd pool get-quota,osd last-stat-seq,osd pool autoscale-status,osd crush tree,osd crush dump,osd crush rule ls,osd crush rule dump,osd blocked-by,osd utilization,osd numa-status,osd ok-to-stop,osd safe-to-destroy,osd getmaxosd,osd lspools,pg stat,pg dump,pg dump_stuck,pg ls,pg map,pg ls-by-osd,pg ls-by-pool,mon stat,mon dump,mon versions,mds stat,mds versions,fs ls,fs status,fs dump,fs get,mgr stat,mgr dump,mgr services,mgr module ls,mgr versions,crash ls,crash ls-new,crash info,crash stat,balancer status,device ls,device info,device get-health-metrics,log last,orch status,orch ls,orch ps,orch host ls,orch device ls,progress,report,features,node ls,service status,osd count-metadata,osd versions",
          common),
        .yellow(
          "osd scrub,osd deep-scrub,pg scrub,pg deep-scrub,pg repair,crash archive,crash archive-all",
          why: "bounded work in the background"),
        .red(
          "osd in,osd out,osd down,osd reweight,osd reweight-by-utilization,osd crush reweight,osd crush move,osd set,osd unset,osd pool set,osd pool create,osd pool rename,osd primary-affinity,osd crush rule create-replicated,osd crush add-bucket,config set,config rm,config assimilate-conf,mgr module enable,mgr module disable,mgr fail,mds fail,fs set,balancer on,balancer off,balancer mode,osd require-osd-release,tell,daemon,injectargs,orch restart,orch apply,orch redeploy,osd pool application enable",
          why: "changes the storage of the whole cluster", change: "ceph status and ceph osd tree read"),
        .black(
          "osd purge,osd rm,osd destroy,osd lost,osd pool rm,osd pool delete,osd crush rm,osd crush remove,fs rm,fs new,mon remove,mon rm,auth del,auth rm,auth add,auth caps,auth import,auth rotate,pg force_create_pg,osd force-create-pg,osd pool mksnap,osd pool rmsnap,orch osd rm,orch daemon rm,orch host rm,orch rm,mds rm,mds rmfailed,config-key rm,osd unset-require-min-compat-client",
          why: "destroys data, or the rights to it", change: "ceph osd tree reads"),
        .red(
          "auth ls,auth list,auth get,auth get-key,auth get-or-create,auth export,auth print-key,config-key get,config-key dump,config-key ls,config dump,config get,config show",
          why: "shows keys or settings that may hold them"),
      ]),
    Family(
      "rbd", globals: "-p: --pool: -n: --id: -c: --format:",
      [
        .green(
          "ls,list,info,status,du,disk-usage,snap ls,snap list,showmapped,device list,diff,lock ls,children,trash ls,pool stats,perf image iostat,image-meta list,watch",
          common),
        .yellow("snap create", why: "takes a snapshot"),
        .black(
          "rm,remove,snap rm,snap remove,snap purge,trash purge,trash rm,import,snap rollback,resize,pool init,migration commit",
          why: "deletes or overwrites an image", change: "rbd ls reads"),
        .red(
          "create,clone,copy,cp,mv,rename,map,unmap,device map,device unmap,flatten,export,lock rm,lock remove,feature enable,feature disable,trash mv,trash restore,snap protect,snap unprotect",
          why: "changes images"),
      ]),
    Family(
      "rados", globals: "-p: --pool: --format:",
      [
        .green("df,lspools,ls,stat,list-inconsistent-pg,list-inconsistent-obj", common),
        .black("rm,rmpool,purge,cppool,bench,put,cleanup", why: "deletes or overwrites objects"),
      ]),
    Family(
      "ceph-volume",
      [
        .green("lvm list,inventory,raw list", "--format:"),
        .black("lvm zap,lvm create,lvm prepare,lvm batch,raw prepare", why: "erases a disk"),
      ]),
    Family("crushtool osdmaptool monmaptool", [.green("--test", "")]),
  ]
}
